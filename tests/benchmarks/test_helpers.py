"""The measuring itself: medians, counts, tables, memory; and that what is compared is compared."""

import json
import time

import numpy as np
import pytest

from benchmarks import engines, games, measure, peak, tables, work
from bestand.reference import graph_of, stable
from bestand.stability.registry import CONCEPTS


def test_a_median_leaves_out_the_first_call_and_the_setup():
    naps = iter([0.05, 0.001, 0.02, 0.001])
    found = measure.median(time.sleep, lambda: time.sleep(0.01) or next(naps), repeats=3)
    assert 0.001 <= found < 0.01


def test_a_copy_reads_and_writes():
    assert measure.copy_speed(2**16, repeats=1) > 1e6


def test_the_machine_has_no_names_of_hosts_or_folders():
    found = measure.machine()
    assert found["cores"].isdigit()
    assert found["numpy"] == np.__version__
    assert not [value for value in found.values() if "/" in value.replace("N/A", "")]


def test_the_peak_of_a_process_is_its_own():
    big = bytearray(300 * 2**20)
    found = measure.peak_of(["cube", "strict", "8"])
    assert 0 < found.imports <= found.game <= found.whole < 300 * 2**20 < len(big) + 1
    assert found.net == found.whole - found.imports
    assert found.seconds > 0


def test_a_case_that_fails_says_why():
    with pytest.raises(RuntimeError, match="KeyError"):
        measure.peak_of(["cubs", "strict", "8"])


def test_kinds_of_games_have_their_memory_measured():
    assert {"strict", "tied", "one-way", "sparse"} <= set(peak.KINDS)


# ---- counting ----


def counted(array):
    done = work.Work()
    return work.Counted.of(np.asarray(array, np.int32), done), done


def test_comparisons_and_bytes_of_an_operation():
    f, done = counted(range(100))
    g = np.minimum(f, f)
    assert (done.comparisons, done.moved, done.calls) == (100, 1200, 1)
    assert isinstance(g, work.Counted)
    assert ((g <= 5).sum(), done.comparisons) == (6, 200)


def test_sums_are_no_comparisons():
    f, done = counted(range(100))
    _ = f + 1
    assert (done.comparisons, done.moved) == (0, 800)


def test_reductions_count_what_they_read():
    f, done = counted(np.zeros((10, 10)))
    np.maximum.reduce(f, axis=1)
    assert (done.comparisons, done.moved) == (100, 440)


def test_gathering_counts_the_indices_and_views_cost_nothing():
    f, done = counted(range(100))
    _ = f[10:20].reshape(2, 5)
    assert done.moved == 0
    _ = f[np.arange(10)]
    assert done.moved == 80 + 40 + 40


def test_writing_counts():
    f, done = counted(range(100))
    f[np.arange(10)] = f[:10]
    assert done.moved == 80 + 40 + 40
    assert f.tolist() == list(range(100))


CASES = [(name, compiled) for name in ("cube", "listed") for compiled in engines.COMPILED[name]]


@pytest.mark.parametrize("make_game", [games.strict, games.tied, lambda options: games.snake(options).space])
@pytest.mark.parametrize(("name", "compiled"), CASES)
def test_counting_changes_nothing_and_counts_something(name, compiled, make_game):
    space = make_game(8)
    make = engines.EXPLICIT[name]
    plain = engines.verdicts(make(space))
    found = []
    with engines.compiling(compiled):
        done = work.count(space, make, lambda engine: found.append(engines.verdicts(engine)))
    assert np.array_equal(found, [plain])
    assert done.comparisons >= space.size * len(space.moves) * len(CONCEPTS)
    assert done.moved >= done.comparisons


# ---- tables ----


def test_tables():
    assert tables.table(["size", "time"], [["2^12", "3.1 ms"]]).splitlines() == [
        "| size |   time |",
        "| ---- | -----: |",
        "| 2^12 | 3.1 ms |",
    ]


@pytest.mark.parametrize(
    ("value", "words"), [(5e-7, "0.50 µs"), (0.0123, "12.3 ms"), (1.5, "1.50 s"), (75, "75 s"), (None, "–")]
)
def test_seconds(value, words):
    assert tables.seconds(value) == words


@pytest.mark.parametrize(("value", "words"), [(0.01234, "0.012"), (1.234, "1.2"), (123.4, "123"), (56789, "56,789")])
def test_figures(value, words):
    assert tables.figure(value) == words


def test_sizes_and_shares():
    assert (tables.mebibytes(3 * 2**20), tables.mebibytes(5 * 2**30), tables.share(0.734)) == (
        "3 MiB",
        "5.00 GiB",
        "73 %",
    )


# ---- comparing ----


def test_engines_agree_with_the_oracle_on_what_is_compared():
    model = games.priority_model(5, 3, seed=3)
    right = [stable(graph_of(model), concept) for concept in CONCEPTS]
    for make in engines.makers(model).values():
        assert np.array_equal(engines.verdicts(make()), right)


@pytest.mark.slow
def test_the_comparison_runs(capsys, monkeypatch):
    monkeypatch.setattr(measure.gc, "collect", int)  # it takes long in a process that has run many tests
    for package in ("pygambit", "nashpy"):
        pytest.importorskip(package, reason="needs the group 'rivals'")
    from benchmarks import compare

    compare.main(["--quick", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert {row["tool"] for row in found["pure"]} == {"pygambit", "nashpy, cell by cell", "nashpy, all equilibria"}
    assert {row["ours"] for row in found["concepts"]} >= set(engines.EXPLICIT)
    assert all(row["ratio"] > 0 for row in found["pure"])
    assert {row["game"] for row in found["pure"]} >= {"4 × 4", "16 × 16", "4 × 4 × 4", "2 × 2 × 2 × 2"}


def test_a_difference_ends_the_comparison(monkeypatch):
    pytest.importorskip("pygambit", reason="needs the group 'rivals'")
    pytest.importorskip("nashpy", reason="needs the group 'rivals'")
    from benchmarks import compare

    monkeypatch.setattr(compare, "our_cells", lambda engine: frozenset({(0, 0), (0, 1), (9, 9)}))
    with pytest.raises(SystemExit, match="pygambit finds"):
        compare.main(["--quick"])


def test_a_tool_that_is_not_installed_is_named_with_its_group(monkeypatch):
    import sys

    from benchmarks import rivals

    monkeypatch.setitem(sys.modules, "nashpy", None)
    with pytest.raises(SystemExit, match=r"nashpy is not installed.*group 'rivals'"):
        rivals.rivals(2, 4)


def test_the_report_knows_its_parts(capsys):
    from benchmarks import report

    report.main(["machine", "--quick"])
    assert "| processor" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        report.main(["machinery"])
