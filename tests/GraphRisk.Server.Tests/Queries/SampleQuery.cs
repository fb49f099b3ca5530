using System.Text.RegularExpressions;
using GraphRisk.Server.Security;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Queries;

/// <summary>
/// A question of <c>samples/queries</c>: <c>NAME.graphql</c> with a head of comments that says what is asked and who asks,
/// <c>NAME.variables.json</c> where it has variables, <c>NAME.expected.json</c> with the answer on the sample market.
/// </summary>
internal sealed partial record SampleQuery(string Name, string Text, string Variables, IReadOnlyDictionary<string, string> Head)
{
    public static string Folder => Repository.PathOf("samples", "queries");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.graphql").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    public Viewer Viewer => new(
        Enum.Parse<Role>(Head["role"], ignoreCase: true), Head.GetValueOrDefault("of"),
        PurposeCatalog.Default.Find(Head.GetValueOrDefault("purpose")), Head.GetValueOrDefault("reason"));

    public static SampleQuery Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{name}.graphql"));
        var variables = Path.Combine(Folder, $"{name}.variables.json");
        return new SampleQuery(name, text, File.Exists(variables) ? File.ReadAllText(variables) : "{}", HeadOf(text));
    }

    private static Dictionary<string, string> HeadOf(string text) => text.Split('\n')
        .TakeWhile(line => line.StartsWith('#'))
        .Select(line => HeadLine().Match(line)).Where(match => match.Success)
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim(), StringComparer.Ordinal);

    [GeneratedRegex(@"^# (?<name>question|role|of|purpose|reason): (?<value>.+)$")]
    private static partial Regex HeadLine();
}
