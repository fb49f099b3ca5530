using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Scoring.Evaluation;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk model</c>: the models there are, what is decided about them, and what the families of models do on a table.</summary>
internal static class ModelCommand
{
    public static Command Build(Host host)
    {
        var command = new Command("model", "Models of risk beside each other.") { Evaluate(host), ShelfCommands.List(host), ShelfCommands.Show(host), ReportCommand.Build(host) };
        foreach (var decision in DecisionCommands.All(host)) command.Add(decision);
        return command;
    }

    private static ExampleCommand Evaluate(Host host)
    {
        var input = new Option<FileInfo>("--input") { Description = "CSV file with a heading, one row per observation.", HelpName = "FILE", Required = true };
        var target = new Option<string>("--target") { Description = "Column of the outcome, which has two values; the rarer is bad unless names or the mapping say otherwise.", HelpName = "COLUMN", Required = true };
        var time = new Option<string?>("--time") { Description = "Column of the time: the last rows are judged. Without it five folds are.", HelpName = "COLUMN" };
        var id = new Option<string?>("--id") { Description = "Column of the client: its rows stay in one fold.", HelpName = "COLUMN" };
        var mapping = new Option<FileInfo?>("--mapping")
        {
            Description = "What the columns are: JSON {\"bad\": VALUE, \"columns\": {NAME: {\"kind\": ..., \"direction\": ...}}} or CSV column,kind,direction,bad. "
                + "Kinds: numeric, category, date, ignore, id. Direction: 1 more is riskier, -1 more is safer, 0 either.",
            HelpName = "FILE",
        };
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("evaluate",
            "Train every family of models on a labelled table and judge it on rows it has not seen: separation and calibration with 95% intervals, and time.",
            "model evaluate --input loans.csv --target default",
            "model evaluate --input loans.csv --target default --time granted_on --mapping columns.json --json")
        { input, target, time, id, mapping, seed, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = parsed.GetValue(input)!;
            if (!file.Exists) throw new UserErrorException($"There is no file {file.FullName}.");
            var said = parsed.GetValue(mapping) is { } path ? TableMapping.Read(SourceText.ReadAll(path.FullName), path.Name) : TableMapping.None;
            var request = new EvaluationRequest(
                parsed.GetValue(target)!, parsed.GetValue(time), parsed.GetValue(id), said, (int)(parsed.GetValue(seed) % int.MaxValue))
            { Parallelism = Environment.ProcessorCount };
            var stages = new Stages(host.Error, host.Clock);
            var table = await stages.RunAsync("read", _ => Task.Run(() => Read(file), cancellation));
            var report = await stages.RunAsync("train and judge", _ => Task.Run(() => TableEvaluation.Run(table, request, host.Clock), cancellation));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else Write(new Terminal(host.Out), report);
            return ExitCode.Done;
        });
        return command;
    }

    private static LabelledTable Read(FileInfo file)
    {
        using var reader = SourceText.Open(file.FullName);
        return LabelledTable.Read(reader, file.Name);
    }

    private static void Write(Terminal terminal, EvaluationReport report)
    {
        terminal.WriteFigures("Table",
        [
            ("rows", report.Table.Rows.ToString("N0", CultureInfo.InvariantCulture)),
            ("inputs", report.Table.Inputs.ToString(CultureInfo.InvariantCulture)),
            ("bad", $"{report.Table.BadValue} ({report.Table.BadWhy})"),
            ("good", report.Table.GoodValue),
            ("share bad", report.Table.BadRate.ToString("0.0000", CultureInfo.InvariantCulture)),
        ]);
        foreach (var column in report.Columns.Where(column => column.Note is not null)) terminal.WriteLine($"{column.Name}: {column.Note}.");
        foreach (var column in report.Columns.Where(column => column.Missing > 0)) terminal.WriteLine($"{column.Name}: {column.Missing} missing values.");
        foreach (var note in report.Notes) terminal.WriteLine(note + ".");
        terminal.WriteLine($"Split: {report.Split}.");
        terminal.WriteTable(
            "Models, with 95% intervals", ["model", "AUC", "KS", "Brier", "ECE", "log loss", "monotone", "contributions", "seconds"],
            report.Models.Select(model => (IReadOnlyList<string>)
            [
                model.Model, Show(model.Auc), Show(model.Ks), Show(model.Brier), Show(model.Ece), Show(model.LogLoss),
                model.Traits.IsMonotone ? "yes" : "no", model.Traits.Contributions.IsExact ? "exact" : "sampled",
                report.Seconds[model.Model].ToString("0.0", CultureInfo.InvariantCulture),
            ]));
        terminal.WriteTable(
            $"Scorecard, fitted on all {report.Table.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows with those judged above: begin with {report.Scorecard.Start.ToString("0.0", CultureInfo.InvariantCulture)} points", ["input", "value", "rows", "share bad", "points"],
            report.Scorecard.Lines.Select(line => (IReadOnlyList<string>)
            [
                line.Input, line.Bin, line.Rows.ToString("N0", CultureInfo.InvariantCulture), line.BadRate.ToString("0.000", CultureInfo.InvariantCulture),
                line.Points.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture),
            ]));
    }

    private static string Show(Measured figure) => string.Create(CultureInfo.InvariantCulture, $"{figure.Value:0.0000} [{figure.Lower:0.000}, {figure.Upper:0.000}]");
}
