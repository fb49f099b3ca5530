using System.Text;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Ui;

/// <summary>A question the explorer offers.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">What it asks, in words; its name where it says none.</param>
/// <param name="Query">The document.</param>
/// <param name="Variables">A JSON object, or null for none.</param>
/// <param name="Asker">Who asks it: the role, whom it stands for and the purpose its head states.</param>
public sealed record ExplorerQuery(string Name, string Title, string Query, string? Variables, Viewer Asker)
{
    private const string QueryEnding = ".graphql";

    /// <summary>
    /// The queries of <c>samples/queries</c> as they were embedded at build, in order of name: <c>NAME.graphql</c> with
    /// <c>NAME.variables.json</c> where it has variables. Empty when there were none.
    /// </summary>
    public static IReadOnlyList<ExplorerQuery> Samples { get; } = ReadSamples();

    /// <summary>As whom the demo's questions are asked, each once, the one the page opens with first; after them the same for every other purpose of their role.</summary>
    public static IReadOnlyList<Viewer> AskersBeside(Viewer first)
    {
        var askers = Samples.Select(sample => sample.Asker).Prepend(first).Distinct().ToList();
        return [.. askers.Concat(askers.SelectMany(asker => PurposeCatalog.Default.For(asker.Role), (asker, purpose) => asker with { Purpose = purpose })).Distinct()];
    }

    private static List<ExplorerQuery> ReadSamples()
    {
        var files = ExplorerFiles.Embedded("queries/").ToDictionary(file => file.Name, file => Encoding.UTF8.GetString(file.Content));
        return files.Keys
            .Where(file => file.EndsWith(QueryEnding, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => file[..^QueryEnding.Length])
            .Select(name => Read(name, files[name + QueryEnding], files.GetValueOrDefault(name + ".variables.json")))
            .ToList();
    }

    private static ExplorerQuery Read(string name, string text, string? variables)
    {
        var head = text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Split(':', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0].Trim()).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        var asker = new Viewer(
            Enum.TryParse<Role>(head.GetValueOrDefault("role"), ignoreCase: true, out var role) ? role : Role.Regulator,
            head.GetValueOrDefault("of"), PurposeCatalog.Default.Find(head.GetValueOrDefault("purpose")));
        return new ExplorerQuery(name, head.GetValueOrDefault("question", name), text, variables, asker);
    }
}
