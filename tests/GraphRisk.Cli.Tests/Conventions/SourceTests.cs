using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Conventions;

/// <summary>Rules of the house over the source text itself.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Sources = [.. Directory
        .GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))];

    [Test]
    public void TheClockOfTheMachineIsReadInOnePlaceOnly()
    {
        var readers = Sources.Where(path => ClockOrChance().IsMatch(File.ReadAllText(path))).Select(path => Path.GetRelativePath(Repository.Root, path));
        Assert.That(readers, Is.EqualTo(new[] { Path.Combine("src", "GraphRisk.Cli", "Program.cs") }));
    }

    [Test]
    public void ProjectsReferToTheLayersBelowThemOnly()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["Graph"] = [],
            ["Matching"] = [],
            ["Intake"] = ["Graph", "Matching"],
            ["Market"] = ["Graph"],
            ["Scoring"] = ["Graph", "Market"],
            ["Disclosure"] = ["Graph", "Market", "Scoring"],
            ["Workflow"] = ["Graph", "Market", "Intake", "Matching", "Scoring", "Disclosure"],
            ["Simulation"] = ["Graph"],
            ["Stores"] = ["Graph", "Market"],
            ["Server"] = ["Graph", "Market", "Matching", "Intake", "Scoring", "Disclosure", "Workflow", "Simulation", "Stores"],
            ["Cli"] = ["Graph", "Market", "Matching", "Intake", "Scoring", "Disclosure", "Workflow", "Simulation", "Stores", "Server"],
        };
        foreach (var (project, below) in allowed)
        {
            var text = File.ReadAllText(Repository.PathOf("src", $"GraphRisk.{project}", $"GraphRisk.{project}.csproj"));
            Assert.That(ProjectReference().Matches(text).Select(match => match.Groups[1].Value), Is.SubsetOf(below), project);
        }
    }

    [Test]
    public void NoFileHidesAnErrorInAnEmptyCatch()
    {
        foreach (var path in Sources)
            Assert.That(EmptyCatch().IsMatch(File.ReadAllText(path)), Is.False, path);
    }

    [Test]
    public void FilesAreShortEnoughToBeReadInOneGo()
    {
        var tooLong = Sources.Where(path => File.ReadLines(path).Count() > 400).Select(path => Path.GetRelativePath(Repository.Root, path));
        Assert.That(tooLong, Is.Empty);
    }

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|DateTime\.Today|TimeProvider\.System|Random\.Shared|new Random\(\)|Guid\.NewGuid")]
    private static partial Regex ClockOrChance();

    [GeneratedRegex(@"GraphRisk\.(\w+)\.csproj")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"catch(\s*\([^)]*\))?(\s*when\s*\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();
}
