using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Scoring.Training.Leaks;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk model list</c> and <c>model show</c>: the models there are, and one with all that was decided about it.</summary>
internal static class ShelfCommands
{
    /// <summary>The versions with state and figures.</summary>
    public static ExampleCommand List(Host host)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("list", "Every model that was trained, where it stands and how it did out of time.", "model list", "model list --json") { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var bench = new Workbench(host, parsed.FilledFolder(data, host));
            await using var store = await bench.OpenStoreAsync(cancellation);
            var registry = FiledRecords.Registry(bench.Folder);
            var rows = new List<(ShelvedModel Model, (ModelCard? Card, string? Damage) Card, string? Parting)>();
            foreach (var model in registry.Read().Models)
            {
                var card = CardOf(registry, model.Version);
                rows.Add((model, card, card.Card?.Data is { } taught ? await taught.PartingAsync(store, cancellation) : null));
            }

            if (parsed.GetValue(json))
            {
                await host.Out.WriteLineAsync(Json.Of(rows.Select(row => new { row.Model.Version, state = row.Model.State.ToString(), row.Model.IsProvisional, row.Model.WasChampion, row.Model.Open, damage = row.Card.Damage, parting = row.Parting })));
                return ExitCode.Done;
            }

            new Terminal(host.Out).WriteTable("Models", ["version", "state", "family", "trained", "tested on its own quarters", "AUC", "KS", "gain in AUC beside the champion", "waiting for"], rows.Select(row => (IReadOnlyList<string>)
            [
                row.Model.Version, row.Model.Standing, row.Card.Card?.Family ?? "damaged",
                row.Card.Card?.TrainedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-", Quarters(row.Card.Card), Show(row.Card.Card?.OutOfTime.Auc), Show(row.Card.Card?.OutOfTime.Ks),
                row.Model.Open?.Judgement is { } judged ? FormattableString.Invariant($"[{judged.AucGain.Lower:+0.000;-0.000}, {judged.AucGain.Upper:+0.000;-0.000}]") : "-",
                row.Model.Open is { } open ? $"a second person: {(open.Act == ModelAct.ProposePromotion ? "promotion" : "rollback")} proposed by {open.By}" : "-",
            ]));
            foreach (var row in rows.Where(row => row.Parting is not null)) await host.Out.WriteLineAsync($"Model {row.Model.Version} {row.Parting}.");
            await host.Out.WriteLineAsync("AUC and KS of models tested on unlike quarters do not compare; 'model propose' judges challenger and champion on the same.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>One model: figures, data, decisions.</summary>
    public static ExampleCommand Show(Host host)
    {
        var version = Version();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("show", "A model's card, the data it was taught on, and all that was decided about it.", "model show 0123456789abcdef") { version, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var registry = await OpenAsync(host, parsed, data, cancellation);
            var name = parsed.GetValue(version)!;
            using var model = registry.Open(name);
            var decisions = registry.History().Where(decision => decision.Version == name).ToArray();
            if (parsed.GetValue(json))
            {
                await host.Out.WriteLineAsync(Json.Of(new { card = model.Card, state = registry.Read()[name].State.ToString(), decisions }));
                return ExitCode.Done;
            }

            var terminal = new Terminal(host.Out);
            var known = model.Card.Data;
            terminal.WriteFigures($"Model {name}",
            [
                ("state", registry.Read()[name].Standing),
                ("family", $"{model.Card.Family}, {model.Card.Settings}"),
                ("calibrated", model.Card.CalibratedBy ?? "not recorded"),
                .. ScoreCommand.Figures(model.Card),
                ("store version of the outcomes", known?.StoreVersion.ToString(CultureInfo.InvariantCulture) ?? "not recorded"),
                ("last outcome", known?.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not recorded"),
                ("panel", known?.Panel ?? "not recorded"),
                ("quarters true to their day", known is null ? "not recorded" : $"{known.Quarters.Count(quarter => quarter.IsTrueToItsDay)} of {known.Quarters.Count}"),
                .. LeakFigures(model.Card.Leaks),
                .. model.Card.Bands is { } bands ? [("calibration error over grades, out of time", bands.Error.ToString("0.0000", CultureInfo.InvariantCulture))] : Array.Empty<(string, string)>(),
                ("features", model.Definition.Features.Count.ToString(CultureInfo.InvariantCulture)),
            ]);
            terminal.WriteTable("Decisions", ["at", "act", "by", "proposed by", "reason", "report"], decisions.Select(decision => (IReadOnlyList<string>)
            [
                decision.At.ToString("u", CultureInfo.InvariantCulture), decision.Act.ToString(), decision.By, decision.ProposedBy ?? "-", decision.Reason, decision.Report[..12],
            ]));
            if (model.Card.Bands is { } shown)
            {
                terminal.WriteTable("Grades out of time", ["grade", "rows", "mean PD", "defaulted"], shown.Grades.Select(grade => (IReadOnlyList<string>)
                [
                    grade.Grade, grade.Rows.ToString(CultureInfo.InvariantCulture), grade.MeanProbability.ToString("0.0000", CultureInfo.InvariantCulture), grade.DefaultRate.ToString("0.0000", CultureInfo.InvariantCulture),
                ]));
            }

            if (decisions.LastOrDefault(decision => decision.Judgement is not null) is { Judgement: { } judged } last)
                terminal.WriteFigures("Challenger and champion on the same rows", JudgementFigures.Of(judged, last.Override));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> LeakFigures(LeakAudit? leaks)
    {
        if (leaks is null) return [("searched for leaks", "not recorded")];
        return
        [
            ("rows computed again without what came later", FormattableString.Invariant($"{leaks.Rows} of {leaks.Quarters.Count} quarters, none differed")),
            .. leaks.Named.Select(leak => ("to look at", leak.ToString())),
        ];
    }

    private static string Quarters(ModelCard? card) => card is null ? "-" : FormattableString.Invariant($"{card.TestQuarters[0]:yyyy-MM-dd}..{card.TestQuarters[^1]:yyyy-MM-dd}");

    /// <summary>Which model.</summary>
    public static Argument<string> Version() => new("VERSION") { Description = "Version of a model, as 'model list' names it." };

    /// <summary>The shelf of a data folder. On Neo4j the folder is that of the server's store, which is asked for its name.</summary>
    public static async Task<ModelRegistry> OpenAsync(Host host, ParseResult parsed, Option<DirectoryInfo> data, CancellationToken cancellation)
    {
        var bench = new Workbench(host, parsed.FilledFolder(data, host));
        await using var store = await bench.OpenStoreAsync(cancellation);
        return FiledRecords.Registry(bench.Folder);
    }

    private static (ModelCard? Card, string? Damage) CardOf(ModelRegistry registry, string version)
    {
        try
        {
            using var model = registry.Open(version);
            return (model.Card, null);
        }
        catch (ModelException error)
        {
            return (null, error.Message);
        }
    }

    private static string Show(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
