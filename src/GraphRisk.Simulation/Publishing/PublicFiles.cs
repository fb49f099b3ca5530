namespace GraphRisk.Simulation.Publishing;

/// <summary>The exchange's, the list publishers', the court gazette's and the regulator's files.</summary>
public sealed class PublicFiles(string folder) : IDisposable
{
    public CsvFile BrokerList { get; } = new(Path.Combine(folder, "brokers", "brokers.csv"), ["broker_code", "name", "region", "net_capital", "dialect"]);

    public CsvFile Issuers { get; } = new(Path.Combine(folder, "exchange", "issuers.csv"), ["uscc", "name", "short_name", "industry", "region", "listed_on"]);

    public CsvFile Securities { get; } = new(
        Path.Combine(folder, "exchange", "securities.csv"),
        ["security_code", "name", "kind", "issuer_uscc", "board", "total_shares", "float_shares", "haircut", "listed_on"]);

    public CsvFile Prices { get; } = new(Path.Combine(folder, "exchange", "prices.csv"), ["security_code", "trade_date", "close", "suspended"]);

    public CsvFile Calendar { get; } = new(Path.Combine(folder, "exchange", "calendar.csv"), ["year", "kind", "from", "to", "for"]);

    public NdjsonFile Dishonest { get; } = new(Path.Combine(folder, "lists", "dishonest.ndjson"));

    public NdjsonFile Enforcement { get; } = new(Path.Combine(folder, "lists", "enforcement.ndjson"));

    public NdjsonFile Restrictions { get; } = new(Path.Combine(folder, "lists", "restrictions.ndjson"));

    public NdjsonFile Regulatory { get; } = new(Path.Combine(folder, "lists", "regulatory.ndjson"));

    public NdjsonFile Announcements { get; } = new(Path.Combine(folder, "court", "announcements.ndjson"));

    public NdjsonFile Penalties { get; } = new(Path.Combine(folder, "csrc", "penalties.ndjson"));

    public long Rows => Tables.Sum(f => f.Rows) + Documents.Sum(f => f.Rows);

    private CsvFile[] Tables => [BrokerList, Issuers, Securities, Prices, Calendar];

    private NdjsonFile[] Documents => [Dishonest, Enforcement, Restrictions, Regulatory, Announcements, Penalties];

    public void Dispose()
    {
        foreach (var table in Tables) table.Dispose();
        foreach (var file in Documents) file.Dispose();
    }
}
