using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Models;
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
        var train = new Option<bool>("--train") { Description = "Train anew even where there is a model." };
        var seed = CommonOptions.Seed();
        var trainQuarters = new Option<int?>("--train-quarters") { Description = "Learn from the last so many quarters only; from all where absent. Fewer are faster." };
        var testQuarters = new Option<int?>("--test-quarters") { Description = "Keep the last so many quarters for the test out of time." };
        var output = new Option<FileInfo?>("--out") { Description = "CSV file to write every client's score to; only its owner may read it.", HelpName = "FILE" };
        var purpose = CommonOptions.Purpose("What the scores are written for; needed with --out.", isRequired: false);
        var publish = new Option<bool>("--publish") { Description = "Show the scores, with all else that is derived, in the Neo4j store; as the command publish does." };
        var language = new Option<string>("--language") { Description = "Language of what grades mean: EN or ZH.", DefaultValueFactory = _ => "EN" };
        language.AcceptOnlyFromAmong("EN", "ZH");
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("score", 
            "Train the model where there is none, on quarters of the store's own history, and score every client.",
            "score --data data",
            "score --train --as-of 2025-09-30 --out scores.csv --purpose model-validation",
            "score --train --train-quarters 1 --test-quarters 1")
        { asOf, train, seed, trainQuarters, testQuarters, output, purpose, publish, language, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(output) is not null && parsed.GetValue(purpose) is null)
                throw new UserErrorException("--out writes every client's score: say with --purpose what for.");
            var declared = parsed.GetValue(purpose) is null ? null : parsed.Purpose(purpose);
            var bench = new Workbench(host, parsed.Folder(data));
            await using var publisher = parsed.GetValue(publish) ? await bench.OpenPublisherAsync(cancellation) : null;
            await using var store = await bench.OpenStoreAsync(cancellation);
            var snapshots = bench.OpenSnapshots(store, capacity: 1);
            var stages = new Stages(host.Error, host.Clock);
            var day = parsed.GetValue(asOf) ?? await stages.RunAsync("read history", async _ => await LastDay.FindAsync(snapshots, host.Clock, cancellation)
                ?? throw new UserErrorException("The store knows no contract; import sources first."));
            var models = new ModelShelf(bench.Folder.Models);
            using var model = (parsed.GetValue(train) ? null : models.OpenNewest())
                ?? await stages.RunAsync("train", _ => TrainAsync(
                    host, snapshots, models, Options(parsed.GetValue(seed), parsed.GetValue(trainQuarters), parsed.GetValue(testQuarters)), cancellation));
            var snapshot = await stages.RunAsync("snapshot", async _ => await AtAsync(snapshots, day, cancellation));
            var lines = await stages.RunAsync("score", _ => Task.Run(() => model.ScoreAll(snapshot, Environment.ProcessorCount).ToList(), cancellation));
            if (parsed.GetValue(output) is { } file)
                await Filing.RunAsync(
                    host, bench.Folder, new Deed(AuditAct.Export, "score --out", file.FullName) { Purpose = declared },
                    () => WriteCsvAsync(file, snapshot, lines, model, cancellation), rows => FormattableString.Invariant($"{rows} rows"));
            if (publisher is not null) await PublishCommand.RunAsync(host, bench.Folder, publisher, stages, snapshot, model, lines, cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { model = model.Card, asOf = snapshot.Stamp.AsOfDay, clients = lines.Count }));
            else Write(host, model, snapshot, lines, ReasonText.In(parsed.GetValue(language) == "ZH" ? Language.Chinese : Language.English));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Trains on the quarters the store knows and keeps the model on the shelf.</summary>
    public static async Task<CreditModel> TrainAsync(
        Host host, SnapshotProvider snapshots, ModelShelf models, TrainingOptions options, CancellationToken cancellation)
    {
        var latest = await snapshots.GetAsync(LastDay.Everything, cancellation: cancellation);
        var model = await ModelTraining.RunAsync(latest, (day, token) => AtAsync(snapshots, day, token), options, host.Clock.GetUtcNow(), cancellation);
        models.Keep(model);
        return model;
    }

    /// <summary>How to train, by what the user gives.</summary>
    public static TrainingOptions Options(ulong seed, int? trainQuarters = null, int? testQuarters = null)
    {
        var usual = new TrainingOptions();
        return usual with
        {
            Seed = (int)(seed % int.MaxValue),
            TrainQuarters = trainQuarters ?? usual.TrainQuarters,
            TestQuarters = testQuarters ?? usual.TestQuarters,
        };
    }

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

    private static void Write(Host host, CreditModel model, Snapshot snapshot, List<ScoreLine> lines, ReasonText words)
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

    private static async Task<int> WriteCsvAsync(
        FileInfo file, Snapshot snapshot, List<ScoreLine> lines, CreditModel model, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(OwnersFile.Create(file.FullName));
        await writer.WriteLineAsync("client,as_of,model,pd,score,grade,own_points,contagion_points".AsMemory(), cancellation);
        foreach (var line in lines)
        {
            var row = string.Create(
                CultureInfo.InvariantCulture,
                $"{CsvText.Of(snapshot.Nodes.IdOf(line.Node).ToString())},{snapshot.Stamp.AsOfDay:yyyy-MM-dd},{CsvText.Of(model.Version)},{line.ProbabilityOfDefault:R},{line.Score},{CsvText.Of(line.Grade)},{line.OwnPoints:0.00},{line.ContagionPoints:0.00}");
            await writer.WriteLineAsync(row.AsMemory(), cancellation);
        }

        return lines.Count;
    }
}
