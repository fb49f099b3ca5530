using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Scores;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Texts;
using GraphRisk.Scoring.Training;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk score</c>: trains where there is no model, scores every client and writes the scores.</summary>
internal static class ScoreCommand
{
    public static Command Build(Host host)
    {
        var asOf = CommonOptions.AsOf();
        var knownAt = CommonOptions.KnownAt();
        var train = new Option<bool>("--train") { Description = "Train another model, by what had happened until --as-of and was known at --known-at. It becomes a challenger; the champion stays." };
        var seed = CommonOptions.Seed();
        var trainQuarters = new Option<int?>("--train-quarters") { Description = "Learn from the last so many quarters only; from all where absent. Fewer are faster." };
        var testQuarters = new Option<int?>("--test-quarters") { Description = "Keep the last so many quarters for the test out of time." };
        var family = new Option<string?>("--family") { Description = "Family of the model to train: " + string.Join(", ", ModelFamilies.All.Select(one => one.Name)) + "; lightgbm where absent.", HelpName = "FAMILY" };
        family.AcceptOnlyFromAmong([.. ModelFamilies.All.Select(one => one.Name)]);
        var output = new Option<FileInfo?>("--out") { Description = "CSV file to write every client's score to; only its owner may read it.", HelpName = "FILE" };
        var file = new Option<bool>("--file") { Description = "File the scores, so that 'score verify' can compute each again; done too whenever they leave with --out." };
        var changed = new Option<bool>("--changed") { Description = "With --file: file only clients whose score or grade, or whose model, is another than was last filed by that day." };
        var beside = new Option<string?>("--beside") { Description = "Score with these models too, each in columns of its own beside the champion's; separated by commas.", HelpName = "VERSION[,VERSION]" };
        var purpose = CommonOptions.Purpose("What the scores are written for; needed with --out.", isRequired: false);
        var publish = new Option<bool>("--publish") { Description = "Show the scores, with all else that is derived, in the Neo4j store; as the command publish does." };
        var language = CommonOptions.Language("what grades mean");
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("score", 
            "Score every client with the champion among the models; where there is none, train one on quarters of the store's own history.",
            "score --data data",
            "score --train --as-of 2025-09-30 --out scores.csv --purpose model-validation",
            "score --train --family graph-network --train-quarters 1 --test-quarters 1",
            "score --file --changed")
        { asOf, knownAt, train, family, seed, trainQuarters, testQuarters, output, file, changed, beside, purpose, publish, language, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(output) is not null && parsed.GetValue(purpose) is null)
                throw new UserErrorException("--out writes every client's score: say with --purpose what for.");
            if (parsed.GetValue(beside) is not null && !parsed.GetValue(file) && parsed.GetValue(output) is null)
                throw new UserErrorException("--beside shows in what is written: give --out or --file with it.");
            if (parsed.GetValue(family) is not null && !parsed.GetValue(train))
                throw new UserErrorException("--family says what to train: give --train with it.");
            if (parsed.GetValue(changed) && (!parsed.GetValue(file) || parsed.GetValue(beside) is not null || parsed.GetValue(output) is not null))
                throw new UserErrorException("--changed goes with --file, and neither with --beside nor --out: what leaves is filed whole.");
            var declared = parsed.GetValue(purpose) is null ? null : parsed.Purpose(purpose);
            if (parsed.GetValue(trainQuarters) < 1) throw new UserErrorException("--train-quarters is at least 1.");
            if (parsed.GetValue(testQuarters) < 1) throw new UserErrorException("--test-quarters is at least 1.");
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            OwnersFile.Require(parsed.GetValue(output), bench.Folder);
            if (parsed.GetValue(file) || parsed.GetValue(output) is not null) FiledRecords.CheckScores(bench.Folder);
            await using var publisher = parsed.GetValue(publish) ? await bench.OpenPublisherAsync(cancellation) : null;
            await using var store = await bench.OpenStoreAsync(cancellation);
            var stages = new Stages(host.Error, host.Clock);
            var models = FiledRecords.Registry(bench.Folder);
            var isTraining = parsed.GetValue(train) || models.Read().Champion is null;
            var options = ModelMaker.Options(parsed.GetValue(seed), parsed.GetValue(trainQuarters), parsed.GetValue(testQuarters), parsed.GetValue(family));
            var learned = await LearnAsync(host, bench, store, stages, isTraining ? options : null, new KnowledgeLimit(parsed.GetValue(asOf), parsed.GetValue(knownAt)), cancellation);
            var day = learned.Day;
            using var trained = learned.Trained;
            using var model = models.OpenChampion()!;
            // What history was read from is given back first: of a large market there is memory for one snapshot.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var snapshot = await stages.RunAsync("snapshot", async _ => await bench.OpenSnapshots(store, capacity: 1).GetAsync(Validity.CloseOf(day), parsed.GetValue(knownAt), cancellation));
            var market = new MarketReading(snapshot);
            var scored = new List<ScoredMarket> { await stages.RunAsync("score", _ => Task.Run(() => ScoredMarket.Of(model, market, threads: Environment.ProcessorCount), cancellation)) };
            foreach (var version in (parsed.GetValue(beside) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                using var other = models.Open(version);
                scored.Add(await stages.RunAsync($"score beside, {version}", _ => Task.Run(() => ScoredMarket.Of(other, market, threads: Environment.ProcessorCount), cancellation)));
            }

            var lines = scored[0].Lines;
            if (Hindsight(model.Card, snapshot.Stamp.AsOfDay) is { } hindsight) await host.Error.WriteLineAsync(hindsight);
            int? filed = null;
            if (parsed.GetValue(changed)) filed = await FileChangedAsync(host, bench.Folder, scored[0]);
            else if (parsed.GetValue(file) || parsed.GetValue(output) is not null) await FileAsync(host, bench.Folder, scored);
            if (parsed.GetValue(output) is { } target)
                await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Export, "score --out", target.FullName) { Purpose = declared },
                    () => ScoreSheet.WriteAsync(target, scored, cancellation), rows => FormattableString.Invariant($"{rows} rows"));
            if (publisher is not null) await PublishCommand.RunAsync(host, bench.Folder, publisher, stages, snapshot, model, lines, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new
            {
                model = model.Card, trained = trained?.Card, asOf = snapshot.Stamp.AsOfDay, clients = lines.Count, filed, hindsight = Hindsight(model.Card, snapshot.Stamp.AsOfDay),
                migrations = scored[1..].Select(other => GradeMigration.Of(scored[0], other)).Select((moved, i) => new { model = scored[i + 1].Model.Version, moved.Grades, moved.Counts, moved.Unmoved, far = moved.Far.Count }),
            }));
            else Write(host, model, snapshot, lines, ReasonText.In(parsed.Language(language)));
            if (!parsed.GetValue(json))
            {
                if (filed is { } count) await host.Out.WriteLineAsync(FormattableString.Invariant($"{count:N0} of {lines.Count:N0} scores changed and were filed."));
                foreach (var other in scored[1..]) ScoreSheet.WriteMigration(new Terminal(host.Out), scored[0], other, areNamed: declared is not null);
            }

            if (trained is not null && trained.Version != model.Version && !parsed.GetValue(json))
                new Terminal(host.Out).WriteFigures("Trained as a challenger; judged on its own test quarters", Figures(trained.Card));
            return ExitCode.Done;
        });
        command.Add(VerifyCommand.Build(host));
        command.Add(ScoreLifeCommands.BuildHistory(host));
        command.Add(ScoreLifeCommands.BuildWhy(host));
        return command;
    }

    /// <summary>The day to score, and where asked for a model trained on what came before; what both were read from goes with the call.</summary>
    private static async Task<(DateOnly Day, CreditModel? Trained)> LearnAsync(
        Host host, Workbench bench, IGraphStore store, Stages stages, TrainingOptions? training, KnowledgeLimit limit, CancellationToken cancellation)
    {
        var snapshots = bench.OpenSnapshots(store, capacity: 1);
        var day = await stages.RunAsync("read history", async _ => await LastDay.OrAskedAsync(limit.AsOf, snapshots, host.Clock, cancellation));
        return training is null ? (day, null)
            : (day, await stages.RunAsync("train", _ => ModelMaker.TrainAsync(host, bench.Folder, store, snapshots, training, limit, cancellation)));
    }

    private static Task<string> FileAsync(Host host, DataFolder folder, List<ScoredMarket> scored) => Filing.RunAsync(
        host, folder, new Deed(AuditAct.Command, "score --file", string.Join(", ", scored.Select(one => $"model {one.Model.Version}"))),
        () => Task.FromResult(new ScoreFile(folder.FiledScores).Append(scored.SelectMany((one, i) => one.Filed(host.Clock.GetUtcNow(), isBeside: i > 0)))), hash => $"record {hash}");

    /// <summary>Files those scores that tell another than was last filed of their client by that day; gives how many.</summary>
    public static async Task<int> FileChangedAsync(Host host, DataFolder folder, ScoredMarket scored) => (await Filing.RunAsync(
        host, folder, new Deed(AuditAct.Command, "score --file", $"model {scored.Model.Version}"),
        () => Task.FromResult(new ScoreFile(folder.FiledScores).AppendChanged([.. scored.Filed(host.Clock.GetUtcNow())])), done => FormattableString.Invariant($"{done.Count} scores, record {done.Hash ?? "none"}"))).Count;

    /// <summary>What to say where the champion learned from what came after the day it scores; null where it did not.</summary>
    public static string? Hindsight(ModelCard card, DateOnly day) => card.LearnedAfter(day) is { } learned
        ? FormattableString.Invariant($"Scores as of {day:yyyy-MM-dd} are by today's champion {card.Version}, which learned and was tested on outcomes until {learned:yyyy-MM-dd}: they are what it would have said, not what could be said then. 'score --train --as-of {day:yyyy-MM-dd}' trains one that knew no more.")
        : null;

    /// <summary>The snapshot as of the close of a day, as known now.</summary>
    public static ValueTask<Snapshot> AtAsync(SnapshotProvider snapshots, DateOnly day, CancellationToken cancellation) =>
        snapshots.GetAsync(Validity.CloseOf(day), cancellation: cancellation);

    /// <summary>What the model does on quarters it has not seen, with and without the graph.</summary>
    public static IEnumerable<(string Name, string Value)> Figures(ModelCard card)
    {
        string Show(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
        yield return ("model", card.Version[..12]);
        yield return ("trained on quarters", $"{card.TrainingQuarters[0]:yyyy-MM-dd} .. {card.TrainingQuarters[^1]:yyyy-MM-dd}");
        yield return ("tested on quarters", string.Join(", ", card.TestQuarters.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        yield return ("AUC out of time, with graph features", Show(card.OutOfTime.Auc));
        yield return ("AUC out of time, without", Show(card.OutOfTimeOwnOnly.Auc));
        yield return ("added by graph features", Show(card.GraphLift));
        yield return ("KS out of time", Show(card.OutOfTime.Ks));
        yield return ("Brier score out of time", card.OutOfTime.Brier.ToString("0.0000", CultureInfo.InvariantCulture));
    }

    private static void Write(Host host, CreditModel model, Snapshot snapshot, IReadOnlyList<ScoreLine> lines, ReasonText words)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteFigures($"Scores as of {snapshot.Stamp.AsOfDay:yyyy-MM-dd}",
        [
            ("nodes", snapshot.Nodes.Count.ToString("N0", CultureInfo.InvariantCulture)),
            ("edges", snapshot.Relationships.Sum(table => (long)table.Count).ToString("N0", CultureInfo.InvariantCulture)),
            .. Figures(model.Card),
        ]);
        terminal.WriteTable("Grades", ["grade", "clients", "mean PD", "mean score", "meaning"], lines
            .GroupBy(line => line.Grade, StringComparer.Ordinal)
            .OrderBy(grade => grade.Average(line => line.ProbabilityOfDefault))
            .Select(grade => (IReadOnlyList<string>)
            [
                grade.Key, grade.Count().ToString("N0", CultureInfo.InvariantCulture),
                grade.Average(line => line.ProbabilityOfDefault).ToString("0.0000", CultureInfo.InvariantCulture),
                grade.Average(line => line.Score).ToString("0", CultureInfo.InvariantCulture),
                words.MeaningOf(model.Definition.Grades.Single(known => known.Name == grade.Key)),
            ]));
    }
}
