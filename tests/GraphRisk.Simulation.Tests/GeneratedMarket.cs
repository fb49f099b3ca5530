using System.Text.Json;

namespace GraphRisk.Simulation.Tests;

/// <summary>A market written to a temporary folder once per fixture, read back the plain way.</summary>
internal sealed class GeneratedMarket : IDisposable
{
    public GeneratedMarket(MarketParameters parameters)
    {
        Folder = Path.Combine(Path.GetTempPath(), "graphrisk-market-" + Path.GetRandomFileName());
        Summary = MarketGenerator.Generate(parameters, Folder);
        Brokers = [.. Rows("brokers/brokers.csv").Select(r => r[0])];
    }

    public string Folder { get; }

    public MarketSummary Summary { get; }

    public IReadOnlyList<string> Brokers { get; }

    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public string[] Header(string file) => File.ReadLines(Path.Combine(Folder, file)).First().Split(',');

    public IEnumerable<string[]> Rows(string file) => File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(Cells);

    /// <summary>A file of all brokers; columns stand at the same place in both dialects. Dates and codes are as written.</summary>
    public IEnumerable<(string Broker, string[] Cells)> BrokerRows(string file) =>
        Brokers.SelectMany(b => Rows($"brokers/{b}/{file}.csv").Select(r => (b, r)));

    public IEnumerable<JsonElement> Documents(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Select(l => JsonDocument.Parse(l).RootElement);

    /// <summary>Source and record key to the invented party.</summary>
    public Dictionary<(string Source, string Key), string> Entities() =>
        Rows("truth/entities.csv").ToDictionary(r => (r[0], r[1]), r => r[3]);

    /// <summary>The close of each security and trading day; of a suspended one the last.</summary>
    public Dictionary<(string Security, DateOnly Day), double> LastCloses()
    {
        var closes = new Dictionary<(string, DateOnly), double>();
        var last = new Dictionary<string, double>();
        foreach (var row in Rows("exchange/prices.csv"))
        {
            if (row[2] != "") last[row[0]] = Number(row[2]);
            closes.Add((row[0], Date(row[1])), last[row[0]]);
        }

        return closes;
    }

    public static DateOnly Date(string text) =>
        DateOnly.ParseExact(text, text.Contains('-') ? "yyyy-MM-dd" : "yyyyMMdd");

    public static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"') quoted = !quoted;
            else if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(line[start..i].Trim('"').Replace("\"\"", "\""));
                start = i + 1;
            }
        }

        return [.. cells];
    }
}
