using System.ComponentModel;
using System.Diagnostics;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Ui;

/// <summary>The tests that stand beside the application's sources: texts in both languages, figures and days as they are read, the arithmetic of charts.</summary>
public class AppSourcesTests
{
    private static string Sources { get; } = Repository.PathOf("src", "GraphRisk.Server", "Ui", "app");

    [Test]
    public async Task TheTestsBesideTheSourcesPass()
    {
        var runner = Path.Combine(Sources, "node_modules", "vitest", "vitest.mjs");
        if (!File.Exists(runner)) Skip.Because("the packages of the explorer's sources are not installed; run npm ci in src/GraphRisk.Server/Ui/app.");
        await RunAsync(Path.Combine(Sources, "node_modules", "@graphql-codegen", "cli", "cjs", "bin.js"), "--config", "codegen.ts");
        Assert.That(await RunAsync(runner, "run"), Does.Match("Tests +.*[0-9]+ passed"));
    }

    /// <summary>What a program of Node's says; it has to end well.</summary>
    private static async Task<string> RunAsync(params string[] words)
    {
        using var node = StartNode(words);
        var error = node.StandardError.ReadToEndAsync();
        var report = await node.StandardOutput.ReadToEndAsync() + await error;
        await node.WaitForExitAsync();
        Assert.That(node.ExitCode, Is.Zero, report);
        return report;
    }

    private static Process StartNode(string[] words)
    {
        try
        {
            var start = new ProcessStartInfo("node", words) { WorkingDirectory = Sources, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["NO_COLOR"] = "1";
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Skip.Because("Node is not installed.");
            throw;
        }
    }
}
