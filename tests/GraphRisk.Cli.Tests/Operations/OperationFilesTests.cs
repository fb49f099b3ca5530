using System.Diagnostics;
using System.Text.RegularExpressions;
using GraphRisk.Cli.Composition;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Operations;

/// <summary>The files an operator takes from <c>samples/operations</c> hold, and faults of disks and ports are one line that says what to do.</summary>
public sealed partial class OperationFilesTests
{
    private static readonly string Unit = File.ReadAllText(Repository.PathOf("samples", "operations", "graphrisk.service"));

    [Test]
    public async Task SystemdUnderstandsTheUnit()
    {
        using var folder = new TemporaryFolder();
        var unit = folder.PathOf("graphrisk.service");
        await File.WriteAllTextAsync(unit, Unit.Replace("/usr/lib/graphrisk/graphrisk", "/bin/true", StringComparison.Ordinal));
        try
        {
            using var process = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.That((process.ExitCode, said), Is.EqualTo((0, "")));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("There is no systemd-analyze on this machine.");
        }
    }

    [Test]
    public async Task TheUnitsCommandsAreUnderstood()
    {
        foreach (Match line in Command().Matches(Unit))
        {
            var words = line.Groups[1].Value.Split(' ').TakeWhile(word => !word.StartsWith('-')).ToArray();
            var help = (await CommandRun.OfAsync([.. words, "--help"])).Out;
            foreach (var option in line.Groups[1].Value.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal))) Assert.That(help, Does.Contain(option));
        }

        Assert.That(Command().Count(Unit), Is.EqualTo(2));
    }

    [Test]
    public void WhatTheImageIsMadeOfIsThere()
    {
        var lines = File.ReadAllLines(Repository.PathOf("samples", "operations", "Containerfile"));
        var copied = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.That(copied, Has.Count.EqualTo(6));
        foreach (var path in copied) Assert.That(Path.Exists(Repository.PathOf(path)), path);
        var needed = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).SelectMany(file => Outside().Matches(File.ReadAllText(file)).Select(one => one.Groups[1].Value));
        Assert.That(needed.Where(path => !copied.Any(one => path.StartsWith(one, StringComparison.Ordinal))), Is.Empty, "what projects take from beside src");
        Assert.That(lines, Does.Contain("USER 10001"));
    }

    [TestCase(28, "The disk is full: make room and give the command again.")]
    [TestCase(30, "or name another folder with --data.")]
    public void AFaultOfTheDiskSaysWhatToDo(int number, string doing)
    {
        var told = CommandLine.Told(new IOException("'/data/keys/id.key' cannot be written.", number));
        Assert.That((told!.Value.Line.Contains("'/data/keys/id.key'", StringComparison.Ordinal), told.Value.Line.Contains(doing, StringComparison.Ordinal), told.Value.Code), Is.EqualTo((true, true, ExitCode.Failed)), told.Value.Line);
    }

    [Test]
    public async Task AFolderThatMayNotBeWrittenIsOneLine()
    {
        if (Environment.IsPrivilegedProcess) Assert.Ignore("whoever is privileged writes anyway");
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("modes are those of Unix");
            return;
        }

        using var folder = new TemporaryFolder();
        var data = folder.PathOf("data");
        Assert.That((await CommandRun.OfAsync("init", "--data", data)).ExitCode, Is.Zero);
        File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = await CommandRun.OfAsync("serve", "--development-tokens", "--port", "0", "--data", data);
        File.SetUnixFileMode(data, OwnerOnly.Folder);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed).Or.EqualTo(ExitCode.StoreUnavailable));
        Assert.That(run.Error.Trim(), Does.StartWith("graphrisk: ").And.Not.Contain("\n").And.Contain(data));
    }

    [GeneratedRegex(@"^ExecStart(?:Pre)?=/usr/lib/graphrisk/graphrisk (.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("Include=\"(?:\\.\\./){2}([^.\"*]+)")]
    private static partial Regex Outside();
}
