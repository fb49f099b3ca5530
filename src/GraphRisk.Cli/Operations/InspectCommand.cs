using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Store;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Texts;

namespace GraphRisk.Cli.Operations;

/// <summary>A check with what came of it.</summary>
internal sealed record InspectionFinding(InspectionCheck Check, Measured Measured)
{
    public InspectionState State => Check.StateOf(Measured);
}

/// <summary><c>graphrisk inspect</c>: the daily inspection (巡检) of a data folder and its store.</summary>
internal static class InspectCommand
{
    private const string Texts = "inspect";

    public static ExampleCommand Build(Host host)
    {
        var checks = new Option<FileInfo?>("--checks") { Description = "Table of checks and limits in the place of the shipped one, of the same form.", HelpName = "FILE" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for the report, as inspection-DAY.html and .json; 'inspections' of the data folder where absent.", HelpName = "DIR" };
        var language = CommonOptions.Language("the report");
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("inspect",
            "The daily inspection: store, snapshots, search index, audit trail, disk and memory, deliveries, quarantine, model, certificate, backups and drills, each green, amber or red with what to do. Reads beside a running server. "
            + "Ends with 1 where anything is red, and with 3 where the worst is amber.",
            "inspect --data data",
            "inspect --data data --out /tmp/graphrisk-inspection --json")
        { checks, output, language, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var table = parsed.GetValue(checks) is { } file ? InspectionCheck.Read(file.Name, ReadText(file)) : InspectionCheck.Shipped();
            var configured = host.In(parsed.GetValue(data)!.FullName);
            var bench = new Workbench(configured, new DataFolder(parsed.GetValue(data)!.FullName));
            var findings = await InspectAsync(configured, bench, table, cancellation);
            var texts = TextCatalogue.Of(typeof(InspectCommand).Assembly, Texts, parsed.Language(language));
            var report = ToJson(host.Clock.GetUtcNow(), findings, texts);
            var folder = parsed.GetValue(output)?.FullName ?? Path.Combine(bench.Folder.Path, "inspections");
            Directory.CreateDirectory(folder);
            var name = Path.Combine(folder, FormattableString.Invariant($"inspection-{host.Clock.GetUtcNow():yyyy-MM-dd}"));
            await File.WriteAllTextAsync(name + ".json", Json.Of(report), cancellation);
            await File.WriteAllTextAsync(name + ".html", PageOf(bench.Folder.Path, host.Clock.GetUtcNow(), findings, parsed.Language(language)), cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else Write(host, findings, texts, name + ".html");
            return Worst(findings) switch { InspectionState.Red => ExitCode.Failed, InspectionState.Amber => ExitCode.Quarantined, _ => ExitCode.Done };
        });
        return command;
    }

    /// <summary>All checks, those that need somebody first.</summary>
    private static async Task<IReadOnlyList<InspectionFinding>> InspectAsync(Host host, Workbench bench, IReadOnlyList<InspectionCheck> checks, CancellationToken cancellation)
    {
        IGraphStore? store = null;
        string? notOpened = null;
        try
        {
            store = await bench.OpenForALookAsync(cancellation);
        }
        catch (StoreUnavailableException error)
        {
            notOpened = error.Message;
        }

        await using var opened = store;
        var measures = new InspectionMeasures(host, bench, store, notOpened);
        var findings = new List<InspectionFinding>();
        foreach (var check in checks) findings.Add(new InspectionFinding(check, await measures.TakeAsync(check.Name, cancellation)));
        return [.. findings.OrderByDescending(finding => finding.State)];
    }

    private static InspectionState Worst(IReadOnlyList<InspectionFinding> findings) => findings.Max(finding => finding.State);

    private static string ReadText(FileInfo file) => file.Exists ? File.ReadAllText(file.FullName) : throw new UserErrorException($"There is no file '{file.FullName}'.");

    private static void Write(Host host, IReadOnlyList<InspectionFinding> findings, TextCatalogue texts, string page)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable(
            texts[$"{Texts}.all"], [texts[$"{Texts}.state"], texts[$"{Texts}.check"], texts[$"{Texts}.value"], texts[$"{Texts}.detail"]],
            findings.Select(finding => (IReadOnlyList<string>)[StateIn(texts, finding), texts[$"{Texts}.{finding.Check.Name}"], ValueOf(finding), Seen(finding)]));
        foreach (var finding in findings.Where(NeedsSomebody)) terminal.WriteLine($"{StateIn(texts, finding)}  {texts[$"{Texts}.{finding.Check.Name}"]}: {texts[$"{Texts}.{finding.Check.Name}.do"]}");
        terminal.WriteLine(page);
    }

    private static string PageOf(string folder, DateTimeOffset at, IReadOnlyList<InspectionFinding> findings, Language language)
    {
        var texts = TextCatalogue.Of(typeof(InspectCommand).Assembly, Texts, language);
        var page = new Page(texts, Texts);
        page.Note(page.Say("when", Page.Instant(at), StateIn(texts, findings[0]), findings.Count(NeedsSomebody), findings.Count));
        page.Table(
            page.Say("all"), [page.Say("check"), page.Say("state"), page.Say("value"), page.Say("limits"), page.Say("detail"), page.Say("todo")],
            findings.Select(finding => (IReadOnlyList<string>)
            [
                page.Say(finding.Check.Name), StateIn(texts, finding), ValueOf(finding), $"{Limit(finding.Check.Amber)} / {Limit(finding.Check.Red)}", Seen(finding),
                NeedsSomebody(finding) ? page.Say($"{finding.Check.Name}.do") : "",
            ]));
        return page.Write(page.Say("title", folder), language == Language.Chinese ? "zh" : "en");
    }

    private static object ToJson(DateTimeOffset at, IReadOnlyList<InspectionFinding> findings, TextCatalogue texts) => new
    {
        at, state = CodeOf(Worst(findings)),
        checks = findings.Select(finding => new
        {
            name = finding.Check.Name, title = texts[$"{Texts}.{finding.Check.Name}"], state = CodeOf(finding.State), value = finding.Measured.Value, amber = finding.Check.Amber, red = finding.Check.Red,
            detail = Seen(finding), whatToDo = NeedsSomebody(finding) ? texts[$"{Texts}.{finding.Check.Name}.do"] : null,
        }),
    };

    private static bool NeedsSomebody(InspectionFinding finding) => finding.State >= InspectionState.Amber;

    private static string CodeOf(InspectionState state) => state.ToString().ToUpperInvariant();

    private static string StateIn(TextCatalogue texts, InspectionFinding finding) => texts[$"{Texts}.{CodeOf(finding.State).ToLowerInvariant()}"];

    private static string Seen(InspectionFinding finding) => finding.Measured.Fault ?? finding.Measured.Detail;

    private static string ValueOf(InspectionFinding finding) => finding.Measured.Value?.ToString("#,0.####", CultureInfo.InvariantCulture) ?? "-";

    private static string Limit(decimal? limit) => limit?.ToString("#,0.####", CultureInfo.InvariantCulture) ?? "-";
}
