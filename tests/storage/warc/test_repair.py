from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.errors import RecordMissing, WarcFull
from storage.warc import CaptureRef, WarcWriter, cut_torn_tail, is_being_written, read_record, scan
from tests.storage.warc.exchanges import exchange

INNER = gzip.compress(b"a body that is a gzip member of its own " * 20)


def write_three(folder: Path) -> tuple[Path, list[CaptureRef]]:
    """A file of three responses whose bodies are gzip members, as servers send them."""
    with WarcWriter(folder, "run", software="test") as writer:
        refs = [
            writer.write(
                exchange(url=f"http://u.example/{n}", body=INNER, response_headers=[(b"Content-Encoding", b"gzip")])
            )
            for n in range(3)
        ]
    return folder / refs[0].warc_file, refs


def urls(path: Path) -> list[str]:
    return [each.url.removeprefix("http://u.example/") for each in scan(path)]


def test_a_file_torn_at_every_byte_of_its_last_exchange(tmp_path: Path) -> None:
    path, refs = write_three(tmp_path)
    whole, last = path.read_bytes(), refs[-1]
    request_at = last.offset + last.length
    for size in range(last.offset, len(whole)):
        path.write_bytes(whole[:size])
        response_is_whole = size >= request_at
        assert urls(path) == (["0", "1", "2"] if response_is_whole else ["0", "1"])
        end = request_at if response_is_whole else last.offset
        assert cut_torn_tail(path) == size - end
        assert path.read_bytes() == whole[:end]
        assert cut_torn_tail(path) == 0


@pytest.mark.parametrize(
    "foreign",
    [b"\0" * 5000, b"\x1f\x8b\x08" * 400, b"x", INNER, gzip.compress(b"WARC is not here")],
    ids=["zeros", "headers of gzip", "one byte", "gzip of another", "gzip of no WARC"],
)
def test_foreign_bytes_at_the_end_are_cut_off(tmp_path: Path, foreign: bytes) -> None:
    path, _ = write_three(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + foreign)
    assert cut_torn_tail(path) == len(foreign)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("damage", ["flipped", "cut out", "foreign bytes between", "the first record"])
def test_what_stands_behind_a_damaged_record_is_kept(tmp_path: Path, damage: str) -> None:
    path, refs = write_three(tmp_path)
    whole = path.read_bytes()
    first, second = refs[0].offset, refs[1].offset
    middle = second + refs[1].length // 2
    damaged, left = {
        "flipped": (whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :], ["0", "2"]),
        "cut out": (whole[:middle] + whole[refs[2].offset :], ["0", "2"]),
        "foreign bytes between": (whole[:second] + b"?" * 3_000_000 + INNER + whole[second:], ["0", "1", "2"]),
        "the first record": (b"\0" * first + whole[first:], ["0", "1", "2"]),
    }[damage]
    path.write_bytes(damaged)
    assert urls(path) == left
    assert cut_torn_tail(path) == 0
    assert path.read_bytes() == damaged
    for found in scan(path):
        assert read_record(path, found.offset) == found


def test_an_empty_file_has_nothing_to_cut(tmp_path: Path) -> None:
    path = tmp_path / "elchi-a.warc.gz"
    path.touch()
    assert cut_torn_tail(path) == 0
    assert urls(path) == []


def test_a_record_in_the_middle(tmp_path: Path) -> None:
    path, refs = write_three(tmp_path)
    found = read_record(path, refs[1].offset)
    assert (found.url, found.body, found.sha256) == ("http://u.example/1", INNER, refs[1].sha256)


@pytest.mark.parametrize("shift", [-1, 1, 40])
def test_an_offset_where_no_response_begins(tmp_path: Path, shift: int) -> None:
    path, refs = write_three(tmp_path)
    with pytest.raises(
        RecordMissing, match=rf"{path.name} has no whole response at byte {refs[1].offset + shift}\. Put"
    ):
        read_record(path, refs[1].offset + shift)


def test_the_offset_of_a_request(tmp_path: Path) -> None:
    path, refs = write_three(tmp_path)
    with pytest.raises(RecordMissing):
        read_record(path, refs[1].offset + refs[1].length)


def test_an_offset_behind_the_end(tmp_path: Path) -> None:
    path, _ = write_three(tmp_path)
    with pytest.raises(RecordMissing):
        read_record(path, path.stat().st_size)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(RecordMissing, match=r"cannot be read: No such file.*Put it back from a copy"):
        read_record(tmp_path / "gone.warc.gz", 0)
    with pytest.raises(RecordMissing):
        list(scan(tmp_path / "gone.warc.gz"))


def test_a_record_of_another_program_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "elchi-a.warc.gz"
    block = b"HTTP/1.1 200 OK\r\n\r\nbody"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(block)
    path.write_bytes(gzip.compress(head + block + b"\r\n\r\n"))
    assert urls(path) == []
    assert cut_torn_tail(path) == 0


# Locks

WRITE_AND_WAIT = """
    import sys
    from pathlib import Path
    from storage.warc import WarcWriter
    from tests.storage.warc.exchanges import exchange
    with WarcWriter(Path(sys.argv[1]), "run", software="test", max_bytes=1000) as writer:
        writer.write(exchange(body=bytes(range(256)) * 8))
        writer.write(exchange(body=bytes(range(256)) * 8))
        print(*writer.opened, flush=True)
        sys.stdin.read()
"""


@contextmanager
def another_writer(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[Path]]]:
    """Another process with two files of its run, the first of them full."""
    command = [sys.executable, "-c", textwrap.dedent(WRITE_AND_WAIT), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, [folder / name for name in process.stdout.readline().split()]
        finally:
            process.kill()


def test_a_run_holds_all_its_files_while_it_lives(tmp_path: Path) -> None:
    with another_writer(tmp_path) as (process, paths):
        assert len(paths) == 2
        assert [is_being_written(path) for path in paths] == [True, True]
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        assert [is_being_written(path) for path in paths] == [False, False]
        assert [len(urls(path)) for path in paths] == [1, 1]


def test_a_run_lets_go_of_its_files_at_the_end(tmp_path: Path) -> None:
    with another_writer(tmp_path) as (process, paths):
        process.communicate(timeout=30)
        assert process.returncode == 0
        assert [is_being_written(path) for path in paths] == [False, False]


def test_to_look_does_not_lock(tmp_path: Path) -> None:
    path, _ = write_three(tmp_path)
    assert [is_being_written(path) for _ in range(2)] == [False, False]


# No room

FILL = """
    import resource, sys
    from pathlib import Path
    from storage.errors import WarcFull
    from storage.warc import WarcWriter, scan
    from tests.storage.warc.exchanges import exchange

    body = bytes(range(256)) * 40
    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    with WarcWriter(Path(sys.argv[1]), "run", software="test") as writer:
        writer.write(exchange(url="http://u.example/0", body=body))
        path = writer.folder / writer.opened[0]
        size = path.stat().st_size
        limit(size + 300)
        try:
            writer.write(exchange(url="http://u.example/1", body=body * 9))
        except WarcFull as error:
            print(error)
        assert path.stat().st_size == size, "cut back to the last whole record"
        limit(resource.RLIM_INFINITY)
        writer.write(exchange(url="http://u.example/2", body=body))
    print(*(each.url for each in scan(path)))
"""


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    command = [sys.executable, "-c", textwrap.dedent(FILL), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    message, found = done.stdout.splitlines()
    assert message.endswith("cannot grow: File too large. Make room, then crawl again; nothing captured is lost.")
    assert found == "http://u.example/0 http://u.example/2"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, ballast = Path(name), Path(name) / "ballast"
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", name], check=True)
        try:
            with WarcWriter(folder, "run", software="test") as writer:
                refs: list[CaptureRef] = []
                with pytest.raises(WarcFull, match=r"No space left on device\. Make room"):
                    refs.extend(writer.write(exchange(body=os.urandom(3000))) for _ in range(100))
                path = folder / writer.opened[0]
                kept = len(urls(path))
                assert kept > 5
                assert cut_torn_tail(path) == 0
                subprocess.run(["mount", "-o", "remount,size=128k", name], check=True)
                writer.write(exchange(body=os.urandom(3000)))
                assert len(urls(path)) == kept + 1
            with WarcWriter(folder, "next", software="test") as writer:
                while True:  # no byte is left, so that not even a file can be begun
                    try:
                        with ballast.open("ab", buffering=0) as file:
                            file.write(b"x" * 512)
                    except OSError:
                        break
                with pytest.raises(WarcFull, match="Make room"):
                    writer.write(exchange())
                assert writer.opened == []
                assert not list(folder.glob("*next*")) + list(folder.glob(".*next*"))
                ballast.unlink()
                ref = writer.write(exchange())
                assert read_record(folder / ref.warc_file, ref.offset).status == 200
        finally:
            subprocess.run(["umount", name], check=True)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with WarcWriter(tmp_path / "file" / "warc", "run", software="test") as writer:
        with pytest.raises(WarcFull, match=r"no WARC file can be begun in .*warc: Not a directory"):
            writer.write(exchange())
        assert writer.opened == []
