using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk audit</c>: checks the audit trail, shows it, seals heads of it, cuts it by retention time.</summary>
internal static class AuditCommand
{
    public static Command Build(Host host) =>
        new ExampleCommand(
            "audit", "The audit trail: check it, look into it, seal its head to be kept elsewhere, cut what need not be kept any longer.",
            "audit verify --data data",
            "audit head --data data >> inspection-report.txt",
            "audit show --since 2026-01-01 --of Person/registry:P000123")
        { BuildVerify(host), BuildShow(host), BuildHead(host), BuildRetain(host), BuildRenew(host) };

    private static ExampleCommand BuildVerify(Host host)
    {
        var head = new Option<string?>("--head") { Description = "A sealed head kept elsewhere: its text, or a file that ends with it.", HelpName = "HEAD" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("verify",
            "Check every entry of the trail against its key and the sealed heads, and say which was changed, moved or is missing, and whether the store beside it has the history it was sealed over; ends with 1 where anything is wrong.",
            "audit verify --data data", "audit verify --head inspection-report.txt", "audit verify --json")
        { head, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var elsewhere = parsed.GetValue(head) is { } text ? HeadOf(text) : null;
            var folder = FolderOf(host, parsed, data);
            var report = await SealedHistory.HoldAsync(folder, await Task.Run(() => AuditVerification.Run(folder.Audit, elsewhere), cancellation), cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(report));
            else await host.Out.WriteLineAsync(Describe(report, elsewhere));
            return report.IsWhole ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static ExampleCommand BuildShow(Host host)
    {
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only entries from this moment on.", HelpName = "INSTANT" };
        var until = new Option<DateTimeOffset?>("--until") { Description = "Only entries before this moment.", HelpName = "INSTANT" };
        var of = new Option<string?>("--of") { Description = "Only entries about this client: any one of its record ids.", HelpName = "SUBJECT" };
        var by = new Option<string?>("--by") { Description = "Only entries of this viewer or account: Broker/B001.", HelpName = "WHO" };
        var role = new Option<string?>("--role") { Description = "Only entries of this role: regulator, broker, client, analyst, anonymous, operator." };
        var act = new Option<AuditAct?>("--act") { Description = "Only entries of this kind: read, refusal, command, import, export, publication, token, trail." };
        var last = new Option<int>("--last") { Description = "At most so many, the newest.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("show",
            "Show entries of the trail, oldest first: who did what to whose data, when and for which purpose.",
            "audit show --since 2026-01-01 --of Person/registry:P000123",
            "audit show --act export --json",
            "audit show --role broker --by Broker/B001 --last 200")
        { since, until, of, by, role, act, last, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var filter = new AuditFilter
            {
                Since = parsed.GetValue(since), Until = parsed.GetValue(until), Of = parsed.GetValue(of), By = parsed.GetValue(by),
                Role = parsed.GetValue(role), Act = parsed.GetValue(act),
            };
            var found = await Task.Run(() => AuditReading.Last(FilesOf(host, parsed, data), filter, parsed.GetValue(last), cancellation), cancellation);
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(found));
            else Write(host, found);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildHead(Host host)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("head",
            "Seal the trail's head as it is now and print it in one line. Keep it where the trail's keeper has no hand; 'audit verify --head' then finds whatever is done to the trail up to it.",
            "audit head --data data >> inspection-report.txt", "audit head --json")
        { data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var trail = AuditTrail.Open(FilesOf(host, parsed, data), host.Clock, AuditCheck.SinceLastHead);
            var head = await Task.Run(trail.Seal, cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(head) : head.Line);
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildRetain(Host host)
    {
        var years = new Option<int>("--years") { Description = $"Keep entries so many years, at least {AuditRetention.LeastYears}.", HelpName = "N", Required = true };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("retain",
            "Cut entries older than so many years off the trail and leave a signed summary of them, with which the rest still verifies.",
            "audit retain --years 5 --data data", "audit retain --years 3 --json")
        { years, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var kept = parsed.GetValue(years);
            if (kept < AuditRetention.LeastYears) throw new UserErrorException($"--years is {kept}; entries are kept at least {AuditRetention.LeastYears} years.");
            var folder = FolderOf(host, parsed, data);
            var limit = host.Clock.GetUtcNow().AddYears(-kept);
            var summary = await Filing.RunAsync(
                host, folder, new Deed(AuditAct.Trail, "audit retain", FormattableString.Invariant($"{kept} years: what was filed before {limit:yyyy-MM-dd}")),
                () => Task.Run(() => AuditRetention.Cut(folder.Audit, host.Clock, limit), cancellation), cut => cut?.ToString() ?? "nothing to cut");
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(new { summary }));
            else await host.Out.WriteLineAsync(summary is null ? FormattableString.Invariant($"No sealed entry is older than {kept} years; nothing was cut.") : $"Of the trail, {summary}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand BuildRenew(Host host)
    {
        var reason = new Option<string>("--reason") { Description = "Why; it becomes the first entry of the new trail.", Required = true };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("renew",
            "Begin a new trail where the old one, its key or its heads are lost for good. What is left is set aside, nothing is deleted.",
            "audit renew --reason 'disk of the audit trail failed, case 2026-17'")
        { reason, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = await AuditRenewal.Renew(FilesOf(host, parsed, data), host.Clock, Filing.Actor(null, parsed.GetValue(reason)), cancellation);
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(new { setAside = folder }) : $"A new trail has begun; what was left of the old one is in {folder}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static DataFolder FolderOf(Host host, ParseResult parsed, Option<DirectoryInfo> data) => parsed.Folder(data).SharedAsIn(host);

    private static AuditFiles FilesOf(Host host, ParseResult parsed, Option<DirectoryInfo> data) => FolderOf(host, parsed, data).Audit;

    /// <summary>A head given as text, or as the last line of a file that is one, such as a report it was added to.</summary>
    private static SealedHead HeadOf(string text)
    {
        var line = !text.StartsWith('{') && File.Exists(text)
            ? File.ReadLines(text).LastOrDefault(line => line.TrimStart().StartsWith("{\"number\":", StringComparison.Ordinal))
                ?? throw new UserErrorException($"No line of '{text}' is a sealed head.")
            : text;
        return SealedHead.Parse(line);
    }

    private static string Describe(AuditReport report, SealedHead? elsewhere)
    {
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        if (!report.IsWhole) return string.Join('\n', report.Faults.Select(fault => fault.Text));
        var whole = Text($"The trail is whole: {report.Head.Sequence} entries, {report.Heads} sealed heads, {report.Unsealed} entries since the last.");
        if (report.Summary is { } summary) whole += $" Of them {summary}.";
        if (report.OverStores is [.., { Store: { } store } last]) whole += Text($" Head {last.Number} was sealed over version {store.Version} of store {store.Mark.StoreText}.");
        return elsewhere is null ? whole : whole + Text($" It leads over head {elsewhere.Number} kept elsewhere (entry {elsewhere.Head.Sequence}).");
    }

    private static void Write(Host host, IReadOnlyList<AuditRecord> found)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable("Audit trail", ["entry", "at", "act", "who", "purpose", "what", "whose", "detail"], found.Select(record => (IReadOnlyList<string>)
        [
            record.Sequence.ToString(CultureInfo.InvariantCulture),
            record.Entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            record.Entry.Stage is { } stage ? $"{record.Entry.Act} {stage}" : $"{record.Entry.Act}",
            $"{record.Entry.Actor.Role} {record.Entry.Actor.Of}".Trim(),
            record.Entry.Actor.Purpose ?? "",
            Few(record.Entry.Parts.SelectMany(part => part.What.Select(what => part.Code is null ? what : $"{what} {part.Code}"))),
            Few(record.Entry.Parts.SelectMany(part => part.Whose)),
            record.Entry.Detail ?? "",
        ]));
        terminal.WriteLine($"{Counted.Of(found.Count, "entry")}.");
    }

    private static string Few(IEnumerable<string> texts)
    {
        var all = texts.Distinct().ToList();
        return all.Count <= 4 ? string.Join(", ", all) : FormattableString.Invariant($"{string.Join(", ", all.Take(3))} and {all.Count - 3} more");
    }
}
