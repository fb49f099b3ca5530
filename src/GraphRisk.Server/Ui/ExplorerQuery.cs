using System.Text;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Ui;

/// <summary>A query the explorer opens with, in a tab of its own.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Variables">A JSON object, or null for none.</param>
internal sealed record ExplorerQuery(string Name, string Query, string? Variables)
{
    private const string QueryEnding = ".graphql";
    private const string RoleLine = "# role: ";

    /// <summary>
    /// The queries of <c>samples/queries</c> as they were embedded at build, in order of name: <c>NAME.graphql</c> with
    /// <c>NAME.variables.json</c> where it has variables. Empty when there were none.
    /// </summary>
    public static IReadOnlyList<ExplorerQuery> Samples { get; } = ReadSamples();

    /// <summary>Those that a viewer's role asks, so that each runs as it is offered.</summary>
    public static IReadOnlyList<ExplorerQuery> For(Role role) => Samples.Where(sample =>
        sample.Query.Split('\n').Any(line => line.StartsWith(RoleLine, StringComparison.Ordinal) && line[RoleLine.Length..].Trim().Equals(role.ToString(), StringComparison.OrdinalIgnoreCase))).ToList();

    private static List<ExplorerQuery> ReadSamples()
    {
        var files = ExplorerFiles.Embedded("queries/").ToDictionary(file => file.Name, file => Encoding.UTF8.GetString(file.Content));
        return files.Keys
            .Where(file => file.EndsWith(QueryEnding, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => file[..^QueryEnding.Length])
            .Select(name => new ExplorerQuery(name, files[name + QueryEnding], files.GetValueOrDefault(name + ".variables.json")))
            .ToList();
    }
}
