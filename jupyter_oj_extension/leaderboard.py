"""The leaderboard in Redis: a projection of SQL that can be thrown away and made anew.

Of each contest, in two views (``public`` as of the freeze, ``staff`` as it is):

    oj:lb:{ID}:VIEW:order   sorted set: user -> packed standing (`domain.scoreboard.pack`; smaller is better)
    oj:lb:{ID}:VIEW:rows    hash: user -> row as JSON
    oj:lb:{ID}:seqs         hash: user -> sequence number of the row that is there
    oj:lb:{ID}:meta         hash: `verified`, and the problems' column sums of each view as JSON
    oj:lb:{ID}:rebuilding   lock

A row with a lower sequence number than the one that is there is dropped, so rows may be applied in any order and again.
`verified` is the number up to which every change is known to be in: who reads compares it with SQL's and catches up.
No `verified` means that the projection is not there, or not yet whole. All functions raise `redis.RedisError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from redis import Redis

VIEWS = ("public", "staff")
CHUNK = 500
REBUILD_HOLD_S = 20

# KEYS: public order, public rows, staff order, staff rows, seqs, meta
# ARGV: problems' sequence number, problems of both views, then for each row: user, seq, key and row of both views
APPLY = """
local applied = 0
local meta = KEYS[6]
if ARGV[1] ~= '' and tonumber(redis.call('HGET', meta, 'problems_seq') or '-1') <= tonumber(ARGV[1]) then
  redis.call('HSET', meta, 'problems_seq', ARGV[1], 'problems_public', ARGV[2], 'problems_staff', ARGV[3])
end
for i = 4, #ARGV, 6 do
  local user, seq = ARGV[i], ARGV[i + 1]
  if tonumber(redis.call('HGET', KEYS[5], user) or '-1') <= tonumber(seq) then
    redis.call('ZADD', KEYS[1], ARGV[i + 2], user)
    redis.call('HSET', KEYS[2], user, ARGV[i + 3])
    redis.call('ZADD', KEYS[3], ARGV[i + 4], user)
    redis.call('HSET', KEYS[4], user, ARGV[i + 5])
    redis.call('HSET', KEYS[5], user, seq)
    applied = applied + 1
  end
  local verified = redis.call('HGET', meta, 'verified')
  if verified and tonumber(verified) + 1 == tonumber(seq) then
    redis.call('HSET', meta, 'verified', seq)
  end
end
return applied
"""

# KEYS: order, rows, meta    ARGV: first and last position, view, user who asks
PAGE = """
local function described(user, score)
  return {redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. score), score, redis.call('HGET', KEYS[2], user)}
end
local slice = redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'WITHSCORES')
local rows, keys = {}, {}
for i = 1, #slice, 2 do
  rows[#rows + 1] = redis.call('HGET', KEYS[2], slice[i])
  keys[#keys + 1] = slice[i + 1]
end
local better = 0
if #keys > 0 then better = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. keys[1]) end
local mine = redis.call('ZSCORE', KEYS[1], ARGV[4])
return {
  redis.call('HGET', KEYS[3], 'verified'),
  redis.call('HGET', KEYS[3], 'problems_' .. ARGV[3]),
  redis.call('ZCARD', KEYS[1]),
  better,
  rows,
  keys,
  mine and described(ARGV[4], mine) or {},
}
"""

# KEYS: meta, rebuilding    ARGV: sequence number, a rebuild's token or ''
# Catching up needs a board that is whole, for a rebuild may have removed it meanwhile; a rebuild needs its hold.
VERIFY = """
local verified = redis.call('HGET', KEYS[1], 'verified')
if ARGV[2] == '' and not verified then return 0 end
if ARGV[2] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[2] then return 0 end
if tonumber(verified or '-1') < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'verified', ARGV[1])
end
return 1
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One contestant's row as of sequence number `seq`, in both views: packed standing, and the row's JSON value."""

    user: str
    seq: int
    public_key: int
    public_row: dict[str, Any]
    staff_key: int
    staff_row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row with its rank; contestants with equal standings share one."""

    rank: int
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of the board. `verified` as in the module's text."""

    verified: int
    total: int
    problems: list[dict[str, Any]]
    rows: list[Ranked]
    me: Ranked | None


def _keys(contest: str) -> tuple[list[str], str, str]:
    """Order and rows of both views, then `seqs` and `meta`. The braces keep a contest in one slot of a cluster."""
    base = f"oj:lb:{{{contest}}}"
    return [f"{base}:{view}:{part}" for view in VIEWS for part in ("order", "rows")], f"{base}:seqs", f"{base}:meta"


def _lock(contest: str) -> str:
    return f"oj:lb:{{{contest}}}:rebuilding"


def apply(
    redis: Redis,
    contest: str,
    entries: Iterable[Entry],
    *,
    problems: tuple[list[dict[str, Any]], list[dict[str, Any]]] | None = None,
    problems_seq: int = 0,
) -> int:
    """Put rows in, and the problems' sums (public, staff) as of `problems_seq`. Answers how many rows were new."""
    boards, seqs, meta = _keys(contest)
    script = redis.register_script(APPLY)
    head = ["", "", ""] if problems is None else [problems_seq, _dump(problems[0]), _dump(problems[1])]
    waiting = iter(entries)
    applied = 0
    while (chunk := list(islice(waiting, CHUNK))) or head[0] != "":
        arguments: list[Any] = [*head]
        for entry in chunk:
            arguments += (entry.user, entry.seq, entry.public_key, _dump(entry.public_row))
            arguments += (entry.staff_key, _dump(entry.staff_row))
        applied += int(script(keys=[*boards, seqs, meta], args=arguments))
        head = ["", "", ""]
    return applied


def page(redis: Redis, contest: str, view: str, *, start: int, count: int, user: str) -> Page | None:
    """`count` rows from position `start` (from 0), and the asker's own. None: the projection is not there."""
    (public_order, public_rows, staff_order, staff_rows), _, meta = _keys(contest)
    order, rows = (public_order, public_rows) if view == "public" else (staff_order, staff_rows)
    answer = redis.register_script(PAGE)(keys=[order, rows, meta], args=[start, start + count - 1, view, user])
    verified, problems, total, better, texts, keys, mine = answer
    if verified is None or problems is None:
        return None
    return Page(
        verified=int(verified),
        total=int(total),
        problems=json.loads(problems),
        rows=[
            Ranked(rank, json.loads(text))
            for rank, text in zip(_ranks([float(key) for key in keys], int(better), start), texts, strict=True)
        ],
        me=Ranked(int(mine[0]) + 1, json.loads(mine[2])) if mine else None,
    )


def _ranks(keys: Sequence[float], better: int, start: int) -> list[int]:
    """Ranks of a slice: the first by how many are better, which may lie on earlier pages."""
    ranks: list[int] = []
    for index, key in enumerate(keys):
        tie = index and key == keys[index - 1]
        ranks.append(better + 1 if not index else ranks[-1] if tie else start + index + 1)
    return ranks


def set_verified(redis: Redis, contest: str, seq: int, *, rebuild: str = "") -> bool:
    """Every change up to `seq` is in, after catching up or after the rebuild that holds this token. False when that is
    not so any more, because somebody else began a rebuild."""
    keys = [_keys(contest)[2], _lock(contest)]
    return bool(redis.register_script(VERIFY)(keys=keys, args=[seq, rebuild]))


def clear(redis: Redis, contest: str) -> None:
    """Throw the projection away."""
    boards, seqs, meta = _keys(contest)
    redis.unlink(meta, seqs, *boards)


def begin_rebuild(redis: Redis, contest: str) -> str | None:
    """Take the right to rebuild; None when somebody else has it. It ends by itself unless `keep_rebuilding` is called,
    and with `end_rebuild`."""
    token = uuid4().hex
    taken = redis.set(_lock(contest), token, nx=True, ex=REBUILD_HOLD_S)
    return token if taken else None


def keep_rebuilding(redis: Redis, contest: str) -> None:
    redis.expire(_lock(contest), REBUILD_HOLD_S)


def end_rebuild(redis: Redis, contest: str, token: str) -> None:
    if redis.get(_lock(contest)) == token:
        redis.delete(_lock(contest))


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
