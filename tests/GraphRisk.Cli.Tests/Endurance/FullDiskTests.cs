using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Endurance;

/// <summary>
/// Commands on a disk that fills while they run, at sizes drawn by chance: each says so in a line and leaves what was there, and given again where there is room it ends
/// as on a disk that never filled. <c>GRAPHRISK_FILLINGS</c> for more of them than in every run.
/// </summary>
public sealed class FullDiskTests
{
    private const string RecordedAt = "2025-12-01T00:00:00Z";
    private const string Question = """
        {
          search(text: "公司", first: 5) { edges { text node { __typename } } }
          companies(first: 5, orderBy: [{ name: ASC }]) { nodes { name uscc } }
          debts: marginContractsAggregate { count debt { sum } }
          clients(first: 9) { nodes { ... on Company { name creditScore { score } } ... on Person { person: name creditScore { score } } } }
        }
        """;

    private static readonly int Fillings = int.TryParse(Environment.GetEnvironmentVariable("GRAPHRISK_FILLINGS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 1;

    private readonly TemporaryFolder folder = new();
    private string disk = "", answer = "", hash = "", question = "";
    private string[][] commands = [];

    private string Data => Path.Combine(disk, "data");

    /// <summary>The data folder before each of the commands, and what the undisturbed one answers at their end.</summary>
    [OneTimeSetUp]
    public async Task Undisturbed()
    {
        disk = folder.PathOf("disk");
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || await RunAsync("mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", disk) is not (0, _, _))
            Skip.Because("no disk of a given size can be mounted here (mount -t tmpfs).");
        var market = folder.PathOf("market");
        question = folder.PathOf("question.graphql");
        await File.WriteAllTextAsync(question, Question);
        Assert.That((await CommandRun.OfAsync("generate", "--out", market, "--clients", "300", "--seed", "5")).ExitCode, Is.Zero);
        commands =
        [
            ["import", market, "--data", Data, "--recorded-at", RecordedAt],
            ["resolve", "--data", Data],
            ["score", "--data", Data, "--file", "--train", "--family", "scorecard", "--purpose", "supervision"],
            ["query", question, "--role", "regulator", "--purpose", "supervision", "--reason", "a test needs to see", "--data", Data],
            ["backup", "--data", Data, "--to", Path.Combine(disk, "backup")],
        ];
        for (var at = 0; at < commands.Length; at++)
        {
            DamagedFolderTests.Copy(Data, StateOf(at));
            var (exit, told, error) = await CommandAsync(commands[at]);
            Assert.That(exit, Is.Zero, $"{string.Join(' ', commands[at])}: {told}{error}");
            if (at == 0) hash = await HashAsync();
            if (at == 3) answer = DataOf(told);
        }

        Assert.That(answer, Does.Contain("\"score\":"));
    }

    [OneTimeTearDown]
    public async Task Delete()
    {
        if (OperatingSystem.IsLinux()) await RunAsync("umount", disk);
        folder.Dispose();
    }

    [Test]
    public async Task WhatFailsForWantOfRoomIsDoneOnceThereIsSome()
    {
        var (random, refused) = (new Random(3), 0);
        for (var round = 0; round < Fillings; round++)
        {
            var at = round % commands.Length;
            foreach (var left in Directory.GetFileSystemEntries(disk)) Directory.Delete(left, recursive: true);
            DamagedFolderTests.Copy(StateOf(at), Data);
            var there = Directory.Exists(Data) ? Directory.GetFiles(Data, "*", SearchOption.AllDirectories).Sum(file => (new FileInfo(file).Length + 4095) / 4096 * 4096) : 0;
            var room = random.Next(1, 24) switch { var few when few < 12 => few * 16 << 10, var many => (many - 11) * 640 << 10 };
            await ResizeAsync(there + room);
            var (exit, told, error) = await CommandAsync(commands[at]);
            var what = $"round {round}, '{commands[at][0]}' with {room >> 10} KiB: exit {exit}: {told}{error}";
            Assert.That(told + error, Does.Not.Contain("   at ").And.Not.Contain("\"INTERNAL\""), what);
            if (exit != 0) Assert.That(error + told, Does.Contain("full").Or.Contain("No space left").Or.Contain("AUDIT_UNAVAILABLE").Or.Contain("UNAVAILABLE"), what);
            refused += exit == 0 ? 0 : 1;
            await ResizeAsync(512 << 20);
            for (var next = at; next < commands.Length; next++)
            {
                (exit, told, error) = await CommandAsync(commands[next]);
                Assert.That(exit, Is.Zero, $"{what}\nthen '{commands[next][0]}' with room: {told}{error}");
                if (next == 0) Assert.That(await HashAsync(), Is.EqualTo(hash), what);
                if (next == 3) Assert.That(DataOf(told), Is.EqualTo(answer), what);
            }

            Assert.That((await CommandAsync("backup", "verify", "--from", Path.Combine(disk, "backup"))).Exit, Is.Zero, what);
        }

        Assert.That(refused, Is.Positive, "some of them had no room");
    }

    private string StateOf(int command) => folder.PathOf($"before-{command}");

    private async Task<string> HashAsync() => (await CommandAsync("store", "hash", "--data", Data)).Out;

    private async Task ResizeAsync(long bytes)
    {
        var (exit, _, error) = await RunAsync("mount", "-o", FormattableString.Invariant($"remount,size={bytes}"), disk);
        Assert.That(exit, Is.Zero, error);
    }

    private static string DataOf(string told)
    {
        using var document = JsonDocument.Parse(told);
        Assert.That(document.RootElement.TryGetProperty("errors", out var errors), Is.False, $"{errors}");
        return JsonSerializer.Serialize(document.RootElement.GetProperty("data"));
    }

    /// <summary>A command as a process of its own; a question that took too long on a busy machine is asked again.</summary>
    private static async Task<(int Exit, string Out, string Error)> CommandAsync(params string[] command)
    {
        for (var again = 0; ; again++)
            if (await RunAsync("dotnet", [typeof(CommandLine).Assembly.Location, .. command]) is var ended && (again == 5 || !ended.Out.Contains("\"TIMEOUT\"", StringComparison.Ordinal))) return ended;
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
