using System.Text.RegularExpressions;
using GraphRisk.Server.SignIn;
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

    [Test]
    public void TheSignInFileItShowsIsUnderstood()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("sign-in.json"), JsonBlock().Match(Readme).Groups[1].Value);
        var options = SignInFile.Read(folder.PathOf("sign-in.json"), null, null);
        Assert.That((options.Audience, options.KeysKept, options.Claims.Role.Meaning("gr-desk")), Is.EqualTo(("graphrisk", TimeSpan.FromHours(12), "broker")));
        foreach (Match variable in SignInVariable().Matches(Readme))
            Assert.That(File.ReadAllText(Repository.PathOf("src", "GraphRisk.Cli", "Composition", "Setting.cs")), Does.Contain($"\"{variable.Value}\""));
    }

    private static IEnumerable<string> ShellBlocks() => ShellBlock().Matches(Readme).Select(match => match.Groups[1].Value);

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("GRAPHRISK_(?:SIGN_IN|AUTHORITY|AUDIENCE|LISTEN|CERTIFICATE\\w*|REDIRECT\\w+|HOSTS|PROX\\w+)")]
    private static partial Regex SignInVariable();

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
