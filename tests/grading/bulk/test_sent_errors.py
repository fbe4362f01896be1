"""What a worker raises reaches the one who has shared out the work, with its sentence."""

import pickle

import pytest

from b2bcourse.facts import Text
from b2bcourse.grading.base import GradingError
from b2bcourse.grading.bulk.workers import shared_out
from b2bcourse.grading.feedback.gather import NoPageError


@pytest.mark.parametrize("kind", [GradingError, NoPageError])
def test_a_sentence_in_both_languages_comes_whole_from_another_process(kind):
    sent = pickle.loads(pickle.dumps(kind(Text("하나", "one"))))
    assert type(sent) is kind
    assert sent.text == Text("하나", "one")


def test_an_error_in_a_worker_is_told_as_it_was_raised():
    def do(number):
        if number == 13:
            raise GradingError(Text("열셋", "thirteen"))
        return number

    with pytest.raises(GradingError) as caught:
        list(shared_out(do, range(40)))
    assert caught.value.text.en == "thirteen"
