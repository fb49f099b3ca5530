using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Stores;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Backups;

/// <summary>How one question of a drill came out.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Answer">SHA-256 of the answer of the store.</param>
/// <param name="Restored">SHA-256 of the answer of what was restored.</param>
/// <param name="Refused">Code of an error in the answer; null where it has none.</param>
internal sealed record DrilledQuestion(string Name, string Answer, string Restored, string? Refused)
{
    public bool IsSame => Answer == Restored;
}

/// <summary>The report of a drill.</summary>
/// <param name="At">When it began.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Chain">The chain of backups; null where the backup was made for the drill alone.</param>
/// <param name="Backup">Number of the backup in it.</param>
/// <param name="Version">Version of the store that was backed up and restored.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="BackupBytes">Bytes the backup took.</param>
/// <param name="BackupSeconds">What the backup took.</param>
/// <param name="RestoreSeconds">What it took until the folder was restored.</param>
/// <param name="AnswerSeconds">What it took from then until all questions were answered, with all that is derived made from nothing.</param>
/// <param name="LostSeconds">Recovery point: what was recorded in so many seconds before the end of the backup is not in it.</param>
/// <param name="LostVersions">How many versions were recorded in them.</param>
/// <param name="ContentHash">Content hash of the store.</param>
/// <param name="RestoredHash">Content hash of what was restored.</param>
/// <param name="Seed">Seed of the questions.</param>
/// <param name="Questions">The questions.</param>
internal sealed record DrillReport(
    DateTimeOffset At, string Data, string? Chain, int Backup, long Version, DateTimeOffset RecordedAt, long BackupBytes, double BackupSeconds, double RestoreSeconds, double AnswerSeconds,
    double LostSeconds, long LostVersions, string ContentHash, string RestoredHash, int Seed, ImmutableArray<DrilledQuestion> Questions)
{
    /// <summary>Whether hash and every answer are the same.</summary>
    public bool Passed => ContentHash == RestoredHash && Questions.All(question => question.IsSame);

    /// <summary>Recovery time: from an empty folder to the last answer.</summary>
    public double RecoverySeconds => RestoreSeconds + AnswerSeconds;

    /// <summary>The report for a reader.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"Restore drill of {At:yyyy-MM-dd HH:mm:ss} UTC: {(Passed ? "PASSED" : "FAILED")}");
        Line($"Data folder         {Data}");
        Line($"Backup              {Chain ?? "made for the drill and deleted"}, number {Backup}: {BackupBytes:N0} bytes in {BackupSeconds:0.0} s");
        Line($"Version             {Version} of {RecordedAt:O}");
        Line($"Recovery time       {RecoverySeconds:0.0} s: restored in {RestoreSeconds:0.0} s, all answers after another {AnswerSeconds:0.0} s");
        Line($"Recovery point      {LostSeconds:0.0} s before the end of the backup; {LostVersions} versions were recorded in them");
        Line($"Content hash        {ContentHash}");
        Line($"Restored            {(ContentHash == RestoredHash ? "the same" : RestoredHash)}");
        Line($"Questions           {Questions.Length} by seed {Seed}, {Questions.Count(question => question.IsSame)} answered alike, {Questions.Count(question => question.Refused is not null)} with an error in both");
        foreach (var question in Questions.Where(question => !question.IsSame)) Line($"  differs: {question.Name}");
        return text.ToString();
    }
}

/// <summary><c>graphrisk drill</c>: backs up, restores elsewhere and compares.</summary>
internal static class DrillCommand
{
    public static Command Build(Host host)
    {
        var to = new Option<DirectoryInfo?>("--to") { Description = "Folder of backups to add to and restore from, as 'backup --to'; where absent one is made in the system's temporary folder and deleted.", HelpName = "DIR" };
        var count = new Option<int>("--questions") { Description = "How many questions are compared.", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Seed the questions are drawn by.", DefaultValueFactory = _ => 7 };
        var (key, data, json) = (BackupCommand.Key(), CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("drill",
            "Practise a restore: back up, restore into a temporary folder (TMPDIR names another; the store's size is needed there), compare the content hash and answers over GraphQL of both, measure recovery time and recovery point, and file the report in drills/ of the data folder, as JSON and as text. "
            + "Exit code 1 where anything differs. Others may go on writing meanwhile: both are asked as of the version backed up.",
            "drill --data data", "drill --data data --to /backup/graphrisk --key backup.key --seed 11")
        { to, count, seed, key, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(count) < 1) throw new UserErrorException($"--questions is {parsed.GetValue(count)}: at least one is asked.");
            var folder = BackupCommand.FolderOf(parsed, data, host);
            if (parsed.GetValue(to) is { } target) BackupCommand.RequireApart(folder, target.FullName);
            var secret = BackupKey.Load(parsed.GetValue(key));
            var report = await Filing.RunAsync(
                host, folder, new Deed(AuditAct.Command, "drill", parsed.GetValue(to)?.FullName ?? "a temporary backup"),
                () => RunAsync(host, folder, parsed.GetValue(to)?.FullName, secret, parsed.GetValue(count), parsed.GetValue(seed), cancellation),
                outcome => string.Create(CultureInfo.InvariantCulture, $"{(outcome.Passed ? "passed" : "failed")} at version {outcome.Version}"));
            var (name, answer) = (Path.Combine(folder.Drills, $"drill-{report.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}"), Json.Of(report));
            OwnerOnly.Create(folder.Drills);
            foreach (var (ending, content) in new[] { (".json", answer), (".txt", report.ToText()) })
            {
                await using var writer = new StreamWriter(OwnersFile.Create(name + ending));
                await writer.WriteAsync(content.AsMemory(), cancellation);
            }

            await host.Out.WriteLineAsync(parsed.GetValue(json) ? answer : $"{report.ToText()}{name}.txt");
            return report.Passed ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<DrillReport> RunAsync(Host host, DataFolder folder, string? to, BackupKey? key, int count, int seed, CancellationToken cancellation)
    {
        var temporary = Directory.CreateTempSubdirectory("graphrisk-drill-");
        try
        {
            var (clock, catalog) = (host.Clock, SchemaCatalog.LoadEmbedded());

            // Ids in answers are made with this key, which else the first question would make, in each folder another.
            KeyFile.LoadOrCreate(folder.ToServerOptions().IdKeyPath);
            await using var store = GraphStores.OpenSqlite(folder.Store, catalog, StoreGuard.Require(folder));
            var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
            var backup = await BackupCommand.BackUpAsync(host, folder, store, to ?? Path.Combine(temporary.FullName, "backup"), key, isWhole: false, keep: null, cancellation);
            var (taken, ended, latest) = (backup.Manifest.Store, clock.GetUtcNow(), await store.GetVersionAsync(cancellation));
            var backupTime = clock.GetElapsedTime(began);

            began = clock.GetTimestamp();
            var copy = new DataFolder(Path.Combine(temporary.FullName, "restored"));
            var restored = await new Stages(host.Error, clock).RunAsync("restore", progress => new RestoreRun(host, new BackupChain(backup.Chain, key)).RunAsync(copy, null, progress, cancellation));
            var restoreTime = clock.GetElapsedTime(began);

            var version = new StoreVersion(taken.Version, taken.RecordedAt);
            var questions = await DrillQuestions.DrawAsync(store, version.Number, count, seed, cancellation);
            var answers = await DrillQuestions.AskAsync(host, new Workbench(host, folder), new StoreAtVersion(store, version), questions, cancellation);
            began = clock.GetTimestamp();
            var again = await AskRestoredAsync(host with { Variable = name => name.StartsWith("GRAPHRISK_", StringComparison.Ordinal) ? null : host.Variable(name), IsConfigured = true }, copy, catalog, questions, cancellation);
            return new DrillReport(
                at, folder.Path, to is null ? null : backup.Chain, backup.Manifest.Number, version.Number, version.RecordedAt, backup.Bytes,
                backupTime.TotalSeconds, restoreTime.TotalSeconds, clock.GetElapsedTime(began).TotalSeconds, (ended - backup.Manifest.At).TotalSeconds, latest.Number - version.Number,
                await ContentHash.ComputeAsync(store, version.Number, cancellation), restored.ContentHash, seed,
                [.. questions.Select((question, i) => new DrilledQuestion(question.Name, answers[i].Hash, again[i].Hash, answers[i].Refused))]);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>Asks what was restored, with the folder's own keys and models.</summary>
    private static async Task<ImmutableArray<DrillAnswer>> AskRestoredAsync(Host host, DataFolder copy, SchemaCatalog catalog, ImmutableArray<DrillQuestion> questions, CancellationToken cancellation)
    {
        await using var store = GraphStores.OpenSqlite(copy.Store, catalog, StoreGuard.Require(copy));
        return await DrillQuestions.AskAsync(host, new Workbench(host, copy), store, questions, cancellation);
    }
}
