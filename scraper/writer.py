"""The one writer of a crawl: changes to the database queue up here and are saved together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from storage.database import Database
from storage.errors import DatabaseError, StorageError, WarcFull

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Change = Callable[[Session], Any]

BATCH = 100
"""Changes in one transaction at most."""

PATIENCE_SECONDS = 0.25
"""How long a change waits for others to share its transaction, and the disk's answer, where nobody needs it at once."""

TRIES = 3
"""How often a batch is tried while the database is busy or away, each time for as long as ELCHI_BUSY_SECONDS, before giving up."""


class Writer:
    """Runs changes in batches, one transaction each, in a thread beside the event loop.

    A change is a function of a session. Where one change of a batch fails, each is tried alone, so that it fails by itself.
    on_broken: called once, when nothing can be written any more. lost: changes that `later` could not save.
    sync: called before each transaction, in its thread, so that the captures which it names are on the disk first.
    """

    def __init__(
        self,
        database: Database,
        on_broken: Callable[[StorageError], None],
        *,
        sync: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._sync = sync
        self._on_broken = on_broken
        self._queue: list[tuple[Change, asyncio.Future[Any]]] = []
        self._hurry = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.broken: StorageError | None = None
        self.lost = 0

    async def do(self, change: Callable[[Session], Result], *, patient: bool = False) -> Result:
        """Save a change and return what it returns. Raises what it raises, `StorageError` where nothing can be written.

        patient: it may wait for others to share its transaction.
        """
        result: Result = await self._submit(change, patient=patient)
        return result

    def later(self, change: Change) -> None:
        """Save a change in its turn, without waiting. Where it fails it is logged and counted in `lost`."""
        self._submit(change, patient=True).add_done_callback(self._note_loss)

    async def close(self) -> None:
        """Save all that is queued, then stop."""
        while self._task is not None:
            self._hurry.set()
            await self._task

    def _submit(self, change: Change, *, patient: bool) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self.broken is not None:
            future.set_exception(self.broken)
            return future
        self._queue.append((change, future))
        if not patient or len(self._queue) >= BATCH:
            self._hurry.set()
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return future

    def _note_loss(self, future: asyncio.Future[Any]) -> None:
        if future.cancelled() or future.exception() is None:
            return
        self.lost += 1
        if self.broken is None:
            logger.error("a change was not saved", exc_info=future.exception())

    async def _work(self) -> None:
        while self._queue:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._hurry.wait(), PATIENCE_SECONDS)
            batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            if not self._queue:
                self._hurry.clear()
            await self._save(batch)
        self._task = None

    async def _save(self, batch: list[tuple[Change, asyncio.Future[Any]]]) -> None:
        try:
            results = await self._apply([change for change, _ in batch])
        except (DatabaseError, WarcFull) as error:
            self._break(error, batch)
        except Exception as error:  # noqa: BLE001 - the one who waits for the change gets it; nobody may wait for ever
            if len(batch) == 1:
                _settle(batch[0][1], error=error)
            else:
                for each in batch:
                    await self._save([each])
        else:
            for (_, future), result in zip(batch, results, strict=True):
                _settle(future, result=result)

    async def _apply(self, changes: list[Change]) -> list[Any]:
        for attempt in range(1, TRIES + 1):
            if self.broken is not None:
                raise self.broken
            try:
                return await asyncio.to_thread(self._in_one_transaction, changes)
            except DatabaseError as error:
                if attempt == TRIES:
                    raise
                logger.warning("%s Trying again.", error)
                await asyncio.sleep(attempt)
        raise AssertionError("unreachable")

    def _in_one_transaction(self, changes: list[Change]) -> list[Any]:
        self._sync()
        with self._database.write() as session:
            return [change(session) for change in changes]

    def _break(self, error: StorageError, batch: list[tuple[Change, asyncio.Future[Any]]]) -> None:
        if self.broken is None:
            self.broken = error
            self._on_broken(error)
        for _, future in batch:
            _settle(future, error=error)


def _settle(future: asyncio.Future[Any], *, result: Any = None, error: BaseException | None = None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
