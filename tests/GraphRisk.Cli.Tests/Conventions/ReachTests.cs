using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Conventions;

/// <summary>Code with no caller but its tests is not built: every source file is used by another one, or waits for a decision named here.</summary>
public sealed partial class ReachTests
{
    /// <summary>What is built ahead of the decision that asks for it.</summary>
    private static readonly Dictionary<string, string> Awaited = new()
    {
        ["PowerIndices.cs"] = "whose votes decide where nobody has the majority: the control question",
        ["MarginRequirement.cs"] = "what a purchase has to be backed with: following a client",
        ["PerformanceRatio.cs"] = "collateral to debt of a pledge day by day: following a client",
    };

    [Test]
    public void EverySourceFileIsUsedByAnotherOrWaitsForANamedDecision()
    {
        var sources = Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .ToDictionary(path => path, path => Comment().Replace(File.ReadAllText(path), ""));
        var words = sources.ToDictionary(pair => pair.Key, pair => Word().Matches(pair.Value).Select(match => match.Value).ToHashSet());
        var unused = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, text) in sources)
        {
            var names = Declaration().Matches(text).Select(match => match.Groups[1].Value)
                .Concat(Extension().Matches(text).Select(match => match.Groups[1].Value)).ToHashSet();
            if (names.Count > 0 && !words.Any(other => other.Key != path && other.Value.Overlaps(names))) unused.Add(Path.GetFileName(path));
        }

        unused.Remove("Program.cs");
        Assert.That(unused, Is.EquivalentTo(Awaited.Keys), "expected: awaited; actual: used by nobody");
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:public |internal |file |static |sealed |abstract |readonly |partial |ref |unsafe )+(?:class|record struct|record|struct|interface|enum|delegate \S+)\s+([A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"static [^=;{]*?\b([A-Z]\w+)(?:<[^(>]*>)?\(\s*this ")]
    private static partial Regex Extension();
}
