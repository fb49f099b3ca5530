using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Looks for contradictions in the file: SQLite's own check, then the store's invariants as queries that must give no
/// rows, then every recording decoded and found again through the index. Reads the whole file.
/// </summary>
internal static class IntegrityCheck
{
    private const int MostFaults = 100;
    private const string PagesSql = "PRAGMA integrity_check(100)";

    private static readonly (string Fault, string Sql)[] Invariants =
    [
        ("version {0} does not follow the one before it",
            "SELECT number FROM version v WHERE number > 1 AND NOT EXISTS (SELECT 1 FROM version WHERE number = v.number - 1)"),
        ("version {0} was recorded before the one before it",
            "SELECT v.number FROM version v JOIN version p ON p.number = v.number - 1 WHERE v.recorded_at < p.recorded_at OR v.last_sequence <= p.last_sequence"),
        ("version {0} has no mark of its history", "SELECT number FROM version WHERE mark IS NULL OR length(mark) <> 16"),
        ("the store has {0} identities", "SELECT n FROM (SELECT count(*) AS n FROM identity WHERE length(store) = 16 AND length(epoch) = 16) WHERE n <> 1"),
        ("version {0} has no entry among the sets",
            "SELECT number FROM version v WHERE NOT EXISTS (SELECT 1 FROM change_set WHERE id = v.set_id AND version = v.number)"),
        ("recording {0} belongs to no version", """
            SELECT r.sequence FROM recording r LEFT JOIN version v ON v.number = r.version
            LEFT JOIN version p ON p.number = r.version - 1
            WHERE v.number IS NULL OR r.sequence > v.last_sequence OR r.sequence <= coalesce(p.last_sequence, 0)
            """),
        ("recording {0} has no predecessor",
            "SELECT r.sequence FROM recording r WHERE sequence > 1 AND NOT EXISTS (SELECT 1 FROM recording WHERE sequence = r.sequence - 1)"),
        ("the log ends at recording {0}, its newest version elsewhere",
            "SELECT m FROM (SELECT max(sequence) AS m FROM recording) WHERE m <> (SELECT max(last_sequence) FROM version)"),
        ("recording {0} follows another that is no first recording",
            "SELECT r.sequence FROM recording r LEFT JOIN recording f ON f.sequence = r.first WHERE r.first IS NOT NULL AND (f.sequence IS NULL OR f.first IS NOT NULL OR f.sequence >= r.sequence)"),
        ("recording {0} is missing among the later ones",
            "SELECT sequence FROM recording r WHERE first IS NOT NULL AND NOT EXISTS (SELECT 1 FROM later WHERE first = r.first AND sequence = r.sequence)"),
        ("recording {0} stands among the later ones by mistake",
            "SELECT l.sequence FROM later l LEFT JOIN recording r ON r.sequence = l.sequence AND r.first = l.first WHERE r.sequence IS NULL"),
        ("recording {0} retracts a fact for the first time it is recorded",
            "SELECT sequence FROM recording WHERE first IS NULL AND kind <> 0"),
    ];

    public static List<string> Run(Session session, CancellationToken cancellation)
    {
        var faults = new List<string>();
        CheckPages(session, faults);
        foreach (var (fault, sql) in Invariants)
        {
            cancellation.ThrowIfCancellationRequested();
            var statement = session.Prepare(sql);
            while (faults.Count < MostFaults && statement.Step())
                faults.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, fault, statement.Integer(0)));
            statement.Reset();
        }

        if (faults.Count == 0) CheckRecordings(session, faults, cancellation);
        return faults;
    }

    private static void CheckPages(Session session, List<string> faults)
    {
        var statement = session.Prepare(PagesSql);
        while (statement.Step())
            if (statement.Text(0) is not "ok" and var fault) faults.Add(fault);
        statement.Reset();
    }

    private static void CheckRecordings(Session session, List<string> faults, CancellationToken cancellation)
    {
        var indexed = session.Prepare("SELECT sequence FROM indexed").Number() ?? 0;
        try
        {
            foreach (var recorded in LogScan.Changes(session, 0))
            {
                if (recorded.Sequence % 4096 == 0) cancellation.ThrowIfCancellationRequested();
                if (faults.Count >= MostFaults) return;
                if (recorded.Sequence > indexed || recorded.Sequence != recorded.FirstSequence) continue;
                var key = IndexKey.Of(recorded.Fact.Id);
                var found = session.Prepare("SELECT value FROM fact_index WHERE high = ? AND low = ?")
                    .Bind(1, key.High).Bind(2, key.Low).Number();
                if (found != recorded.Sequence) faults.Add($"recording {recorded.Sequence} of fact {recorded.Fact.Id} is not what the index finds");
                if (FactCheck.Find(session.Dictionaries.Catalog, recorded.Fact) is { } fault)
                    faults.Add($"recording {recorded.Sequence} offends the schema: {fault}");
            }
        }
        catch (FormatException error)
        {
            faults.Add(error.Message);
        }
    }
}
