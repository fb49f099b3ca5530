using System.Diagnostics;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Composition;

/// <summary>Nobody but its owner reads what the program writes; looked at from outside, as processes of their own leave it.</summary>
public sealed class OwnerOnlyTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task EveryFileIsItsOwnersAloneWhateverTheShellAllows()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip.Because("Windows has no file modes.");
            return;
        }
        var (data, export) = (folder.PathOf("data"), folder.PathOf("export"));
        await RunAsync("demo", "--once", "--clients", "300", "--data", data, "--port", "0");
        await RunAsync("token", "--role", "broker", "--of", "Broker/B001", "--purpose", "kyc", "--data", data);
        await RunAsync("token", "revoke", "--id", "4f9c2d", "--data", data);
        await File.WriteAllTextAsync(folder.PathOf("question.graphql"), "{ clients(first: 2) { nodes { ... on Person { name phone } } } search(text: \"li\", first: 2) { edges { node { id } } } }");
        await RunAsync("query", folder.PathOf("question.graphql"), "--data", data);
        await RunAsync("score", "--data", data, "--out", folder.PathOf("scores.csv"), "--purpose", "operation");
        await RunAsync("store", "copy", "--from", $"sqlite:{data}/store.db", "--to", $"sqlite:{folder.PathOf("copy.db")}", "--purpose", "operation");
        await RunAsync("store", "export", "--neo4j-import", export, "--data", data, "--purpose", "operation");

        string[] made = [data, export, folder.PathOf("scores.csv"), folder.PathOf("copy.db")];
        string[] all = [.. made.Where(Directory.Exists).SelectMany(top => Directory.EnumerateFileSystemEntries(top, "*", SearchOption.AllDirectories)), .. made];
        foreach (var name in (string[])["store.db", "token.key", "revoked.ndjson", "decisions.ndjson", "filed.ndjson", "import.sh"])
            Assert.That(all.Select(Path.GetFileName), Does.Contain(name), "the commands made it");
        Assert.That(all.Where(path => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~Owner) != 0), Is.Empty);
    }

    [Test]
    public async Task AFolderThatOthersMayLookIntoIsReportedOnceWithWhatToRun()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip.Because("Windows has no file modes.");
            return;
        }
        var loose = folder.PathOf("loose");
        Directory.CreateDirectory(loose, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        var warning = $"Others on this machine may look into {loose}: run chmod -R go= '{loose}'.";
        var noStore = $"There is no store at '{Path.Combine(loose, "store.db")}' yet: the token counts only where a server answers from there ('--data').";
        Assert.That(await WarningsAsync(), Is.EqualTo([warning, noStore]), "once, and that there is nothing to ask yet");
        File.SetUnixFileMode(loose, Owner);
        Assert.That(await WarningsAsync(), Is.EqualTo([noStore]));

        async Task<string[]> WarningsAsync()
        {
            var run = await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--data", loose);
            Assert.That(run.ExitCode, Is.Zero);
            return run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private static async Task RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var part in (string[])["-c", "umask 022; exec \"$@\"", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "graphrisk.dll"), .. args])
            start.ArgumentList.Add(part);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.AnyOf(0, 1), $"{string.Join(' ', args)}: {error}");
        if (args[0] != "query") Assert.That(process.ExitCode, Is.Zero, $"{string.Join(' ', args)}: {error} {await output}");
    }
}
