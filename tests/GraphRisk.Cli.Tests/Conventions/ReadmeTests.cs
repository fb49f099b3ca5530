using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Conventions;

/// <summary>What README and the help say can be typed and works.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Test]
    public void TheTwoCommandsStandFirst()
    {
        var commands = ShellBlocks().First().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(commands, Is.EqualTo(new[] { "dotnet run --project src/GraphRisk.Cli -- demo", "dotnet test" }));
    }

    [Test]
    public async Task TheTableHasEveryCommandAndNoOther()
    {
        var run = await CommandRun.OfAsync("--help");
        var begin = Readme.IndexOf("## Work from the command line", StringComparison.Ordinal);
        var section = Readme[begin..Readme.IndexOf("\n## ", begin, StringComparison.Ordinal)];
        var listed = run.Out[run.Out.IndexOf("Commands:", StringComparison.Ordinal)..];
        Assert.That(
            CommandRow().Matches(section).Select(row => row.Groups[1].Value),
            Is.EquivalentTo(CommandOfHelp().Matches(listed).Select(line => line.Groups[1].Value)));
    }

    [Test]
    public void EveryPackageThatIsReferencedIsExplained()
    {
        var references = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(path => PackageReference().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.Ordinal);
        foreach (var package in references)
            Assert.That(Readme, Does.Contain(package.StartsWith("Lucene.Net", StringComparison.Ordinal) ? "Lucene.Net" : package));
    }

    [Test]
    public void EveryFileItLinksToExists()
    {
        foreach (Match link in Link().Matches(Readme))
            Assert.That(File.Exists(Repository.PathOf(link.Groups[1].Value)), link.Value);
    }

    private static IEnumerable<string> ShellBlocks() => ShellBlock().Matches(Readme).Select(match => match.Groups[1].Value);

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^\| `(\w+)", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"^  (\w+) ", RegexOptions.Multiline)]
    private static partial Regex CommandOfHelp();

    [GeneratedRegex("PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();

    [GeneratedRegex(@"\]\(([A-Z]+(?:\.md)?)\)")]
    private static partial Regex Link();
}
