using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Tests.Security.Audit;

/// <summary>Four processes append to one trail and are killed at any moment: what was acknowledged is there, and the chain is whole.</summary>
public sealed class KilledWritersTests
{
    private const int Writers = 4;
    private const int EntriesEach = 2_500;
    private const int KillsEach = 5;

    [Test]
    public async Task OfTenThousandEntriesByFourProcessesWithTwentyKillsNoneThatWasAcknowledgedIsLost()
    {
        using var folder = new TrailFolder();
        using (folder.Open()) { }
        var acknowledged = new ConcurrentDictionary<string, byte>();
        await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() => WriteAll(folder.Root, $"w{writer}", new Random(writer), acknowledged))));
        Assert.That(acknowledged, Has.Count.EqualTo(Writers * EntriesEach));
        var report = folder.Verify();
        Assert.That(report.Faults, Is.Empty);
        var filed = File.ReadLines(folder.Files.Trail).Select(line => AuditLine.Read(Encoding.UTF8.GetBytes(line)).Entry.Parts[0].Whose[0]).ToHashSet();
        Assert.That(acknowledged.Keys.Where(subject => !filed.Contains(subject)), Is.Empty);
        Assert.That(report.Head.Sequence, Is.GreaterThanOrEqualTo(Writers * EntriesEach));
        Assert.That(report.Heads, Is.GreaterThan(10), "sealed at intervals by whoever appends");
    }

    /// <summary>Runs a writer to its end, killing it and starting it again where it was not acknowledged.</summary>
    private static void WriteAll(string folder, string writer, Random random, ConcurrentDictionary<string, byte> acknowledged)
    {
        var kills = Enumerable.Range(0, KillsEach).Select(_ => random.Next(EntriesEach)).Order().ToList();
        var done = 0;
        foreach (var kill in kills.Append(int.MaxValue))
        {
            using var process = Start(folder, writer, done);
            var met = 0;
            while (process.StandardOutput.ReadLine() is { } line && int.TryParse(line, CultureInfo.InvariantCulture, out var number))
            {
                acknowledged.TryAdd(TrailWriter.SubjectOf(writer, number), 0);
                if (done + ++met <= kill) continue;
                Thread.SpinWait(random.Next(200_000));
                process.Kill();
                ReadTheRest(process, writer, acknowledged);
                break;
            }

            process.WaitForExit();
            while (done < EntriesEach && acknowledged.ContainsKey(TrailWriter.SubjectOf(writer, done))) done++;
        }
    }

    private static void ReadTheRest(Process process, string writer, ConcurrentDictionary<string, byte> acknowledged)
    {
        while (process.StandardOutput.ReadLine() is { } line)
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var number)) acknowledged.TryAdd(TrailWriter.SubjectOf(writer, number), 0);
    }

    private static Process Start(string folder, string writer, int from) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(KilledWritersTests).Assembly.Location, folder, writer, $"{from}", $"{EntriesEach}"]) { RedirectStandardOutput = true })!;
}
