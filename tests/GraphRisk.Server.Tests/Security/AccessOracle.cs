using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Security;

/// <summary>The access table read a second time, the slow and obvious way: word by word, line by line, from the file.</summary>
internal static class AccessOracle
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Repository.PathOf("src", "GraphRisk.Server", "Security", "access.csv"))
            .Where(line => line.StartsWith("read,", StringComparison.Ordinal))
            .Select(line => line.Split('"')[0].Split(',')),
    ];

    /// <summary>What the table says: a word of its column <c>access</c> with reveal decided, or the code of a refusal.</summary>
    public static string Say(Viewer viewer, Standing standing, Sensitivity level, ValueKind kind, string authorisation = "-")
    {
        if (viewer.Role == Role.Anonymous) return "UNAUTHENTICATED";
        string[] asked = [Lower(viewer.Role), Lower(standing), ((int)level).ToString(System.Globalization.CultureInfo.InvariantCulture), Lower(kind)];
        var about = Rows.Where(row => Fits(row[1], asked[0]) && Fits(row[2], asked[1]) && Fits(row[3], asked[2]) && Fits(row[4], asked[3])
            && Fits(row[6], authorisation)).ToList();
        var row = about.Find(row => row[5] == "-" || (viewer.Purpose is { } purpose && Fits(row[5], purpose.Id)));
        if (row is null) return about.Count == 0 ? "FORBIDDEN" : viewer.Purpose is null ? "PURPOSE_REQUIRED" : "PURPOSE_NOT_ALLOWED";
        return row[7] switch
        {
            "deny" when standing == Standing.Unknown => "NOT_FOUND",
            "deny" when row[6].StartsWith("no-", StringComparison.Ordinal) => "AUTHORISATION_REQUIRED",
            "deny" => "FORBIDDEN",
            "reveal" => viewer.Reason is null ? "mask" : "allow",
            var word => word,
        };
    }

    private static bool Fits(string cell, string word) => cell == "*" || cell.Split(' ').Contains(word);

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
