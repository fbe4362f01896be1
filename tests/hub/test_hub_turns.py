"""Servers start a few at a time; nobody is turned away, nobody is passed over."""

import asyncio

from b2bcourse.hub.turns import Turns


async def starts(turns, number, order, running):
    await turns.take()
    order.append(number)
    running.append(1)
    most = len(running)
    await asyncio.sleep(0.001)
    running.pop()
    turns.give_back()
    return most


async def all_of(count, at_once):
    turns, order, running = Turns(at_once), [], []
    most = await asyncio.gather(*(starts(turns, n, order, running) for n in range(count)))
    return order, max(most), turns


def test_all_start_in_the_order_of_coming_and_never_more_than_agreed():
    order, most, turns = asyncio.run(all_of(20, 3))
    assert order == list(range(20))
    assert most <= 3
    assert turns.waiting == 0


def test_who_gives_up_waiting_takes_no_turn_along():
    async def play():
        turns = Turns(1)
        await turns.take()
        waiting = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        assert turns.waiting == 1
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert turns.waiting == 0
        turns.give_back()
        await asyncio.wait_for(turns.take(), 1)

    asyncio.run(play())
