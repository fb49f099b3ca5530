using System.Globalization;

namespace GraphRisk.TestKit;

/// <summary>Holdings of the shared data sets as edges between named parties.</summary>
public static class SharedHoldings
{
    /// <summary>The Belgian biotech holdings: 807 edges, cyclic.</summary>
    public static NamedEdges Belgian() => Number(
        File.ReadLines(SharedData.Require("data/ownership/belgian_biotech_edges.csv")).Skip(1)
            .Select(line => line.Split(',')).Select(row => (row[1], row[2], row[3])));

    /// <summary>Folder of the FinBench sample's snapshot.</summary>
    public static string FinBenchFolder() => SharedData.Require("data/finbench/snapshot");

    /// <summary>Rows of a FinBench file, split at the bars, without its header.</summary>
    public static IEnumerable<string[]> FinBenchRows(string file) =>
        File.ReadLines(Path.Combine(FinBenchFolder(), file)).Skip(1).Select(line => line.Split('|'));

    /// <summary>Who invests in which company, in the FinBench sample: persons as <c>Person/ID</c>, companies as <c>Company/ID</c>.</summary>
    public static NamedEdges FinBench() => Number(
        FinBenchRows("PersonInvestCompany.csv").Select(row => ($"Person/{row[0]}", $"Company/{row[1]}", row[2]))
            .Concat(FinBenchRows("CompanyInvestCompany.csv").Select(row => ($"Company/{row[0]}", $"Company/{row[1]}", row[2]))));

    private static NamedEdges Number(IEnumerable<(string From, string To, string Share)> rows)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int NumberOf(string name) => numbers.TryGetValue(name, out var number) ? number : numbers[name] = numbers.Count;
        List<ShareEdge> edges = [.. rows.Select(row => new ShareEdge(
            NumberOf(row.From), NumberOf(row.To), decimal.Parse(row.Share, NumberStyles.Float, CultureInfo.InvariantCulture)))];
        return new NamedEdges([.. numbers.Keys], [.. edges]);
    }
}
