"""A site of docs/deploy.md spread out: two hosts of pages, PgBouncer before PostgreSQL, a standby.

Both hosts are processes of one machine, each with settings of its own; that they share nothing but
the database is what is tried.
"""

from __future__ import annotations

from tests.drills.bare import Machine

POOLED = "postgresql://factcheck:pooled@127.0.0.1:6432/factcheck_restored"
STANDBY = "postgresql://factcheck:pooled@127.0.0.1:5433/factcheck_restored"

# The role's settings are those of docs/deploy.md.
POOL = """
apt-get install --yes --quiet pgbouncer
cd /tmp
runuser -u postgres -- psql -q <<END
alter role factcheck login password 'pooled';
alter role factcheck set jit = off;
alter role factcheck set statement_timeout = '30s';
END
cat > /etc/pgbouncer/pgbouncer.ini <<END
[databases]
* = host=127.0.0.1 port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = 6432
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
pool_mode = transaction
default_pool_size = 4
ignore_startup_parameters = options
pidfile = /var/run/postgresql/pgbouncer.pid
END
echo '"factcheck" "pooled"' > /etc/pgbouncer/userlist.txt
systemctl restart pgbouncer
"""

COPY = """
cd /tmp
version=$(ls /usr/lib/postgresql)
standby=/var/lib/postgresql/standby
runuser -u postgres -- pg_basebackup -D $standby --write-recovery-conf --wal-method=stream
install -m 600 -o postgres /etc/postgresql/$version/main/pg_hba.conf $standby/
echo "hot_standby = on" > $standby/postgresql.conf
runuser -u postgres -- /usr/lib/postgresql/$version/bin/pg_ctl start -w -D $standby \\
    -o "-p 5433 -c log_statement=all" -l /var/lib/postgresql/standby.log
"""

HOSTS = f"""
for name in one two; do
    sed -e '/^DATABASE_URL=/d' /etc/factcheck/factcheck.env > /etc/factcheck/$name.env
    cat >> /etc/factcheck/$name.env <<END
DATABASE_URL='{POOLED}'
DATABASE_REPLICA_URL='{STANDBY}'
CONN_MAX_AGE='0'
DISABLE_SERVER_SIDE_CURSORS='1'
END
done
echo "BIND='127.0.0.1:8001'" >> /etc/factcheck/one.env
echo "BIND='127.0.0.1:8002'" >> /etc/factcheck/two.env
systemctl stop factcheck-web
for name in one two; do
    systemd-run --quiet --unit=pages-$name --property=User=factcheck \\
        --property=EnvironmentFile=/etc/factcheck/$name.env \\
        --property=WorkingDirectory=/srv/factcheck \\
        /srv/factcheck/.venv/bin/gunicorn -c python:factcheck.serving
done
sed -i 's/UPSTREAM=127.0.0.1:8000/"UPSTREAM=127.0.0.1:8001 127.0.0.1:8002"/' \\
    /etc/systemd/system/caddy.service.d/factcheck.conf
systemctl daemon-reload
systemctl restart caddy
"""


def spread(machine: Machine) -> None:
    for commands in (POOL, COPY, HOSTS):
        machine.run(commands)


def served(machine: Machine, host: str) -> int:
    """How many requests of people this host has answered."""
    told = machine.run(f"journalctl --unit=pages-{host} --output=cat")
    return told.count('"user": ') - told.count('"user": null')


def asked_of_standby(machine: Machine) -> int:
    """How many statements were asked of the standby."""
    return machine.path("/var/lib/postgresql/standby.log").read_text().count("statement: SELECT")


def lose_standby(machine: Machine) -> None:
    machine.run(
        "cd /tmp; runuser -u postgres -- /usr/lib/postgresql/$(ls /usr/lib/postgresql)/bin/pg_ctl"
        " stop -m immediate -D /var/lib/postgresql/standby"
    )
