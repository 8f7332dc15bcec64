"""The store: SQLAlchemy tables and queries. It is the truth; queue, cache and leaderboard can be made anew from it."""
