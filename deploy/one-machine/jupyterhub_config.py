"""The course on a JupyterHub on one machine: the same for `make hub` and for a real server.

It lies in the hub's folder (such as /srv/b2b-hub) beside hub.yaml, which says all that differs
from one hub to the next. The hub is one of three kinds of processes, each with a life of its own,
so that the hub may stop, be killed and start again while a class goes on:

    the hub, as root           env/bin/python -m jupyterhub -f jupyterhub_config.py
    the proxy, as anybody      env/bin/python -m b2bcourse.hub.proxy hub.yaml
                               with what stands in state/proxy.env (CONFIGPROXY_AUTH_TOKEN)
    each course's formgrader,  env/bin/python -m b2bcourse.hub.grader hub.yaml COURSE
    as the course's grader     reads state/courses/COURSE.env itself, which only its grader can;
                               JUPYTER_RUNTIME_DIR: a folder of its own under /run, mode 0700

`b2bcourse hub DIR` makes the folder and runs all three; `b2bcourse hub DIR --prepare` only makes it
(environment, exchange, settings by role, tokens), and systemd runs them. Idle kernels and servers
end themselves (kernel_idle and server_idle in hub.yaml), so no culling service is needed.
"""

from pathlib import Path

from b2bcourse.hub.configuring import configure

c = get_config()  # noqa: F821 - JupyterHub provides it

configure(c, Path(__file__).parent)

# What you write from here on counts more, for example:
# c.Authenticator.allowed_users = {"minji", "jiho"}
# c.JupyterHub.db_url = "postgresql+psycopg2://hub@localhost/hub"
