using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Screening;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;
using GraphRisk.Workflow.Screening;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk screen</c>: who of those asked about may stand on a list, and why.</summary>
internal static class ScreenCommand
{
    private const string Samples = "samples/screening";
    private const int MostFindings = 20;

    public static ExampleCommand Build(Host host)
    {
        var name = new Argument<string?>("name") { Description = "Name to look for, in any script.", Arity = ArgumentArity.ZeroOrOne };
        var kind = new Option<string?>("--kind") { Description = "What bears the name: person, organisation or thing; found from the name where absent.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("person", "organisation", "thing");
        var birth = new Option<string?>("--birth") { Description = "Day of birth or establishment; a year or month alone will do.", HelpName = "YYYY[-MM[-DD]]" };
        var country = new Option<string[]>("--country") { Description = "Country, by its code or name; may be given again.", HelpName = "CC" };
        var id = new Option<string[]>("--id") { Description = "Identifier; may be given again.", HelpName = "SCHEME:VALUE" };
        var list = new Option<FileInfo[]>("--list") { Description = $"List to look in, CSV (columns: {ListFile.Columns}) or FollowTheMoney; may be given again. The lists of the store in --data that are in force where absent: sanctions, dishonest debtors, enforcement, restricted consumption, disqualification.", HelpName = "FILE" };
        var batch = new Option<FileInfo?>("--batch") { Description = "Hold everybody of a file of the same formats against the lists.", HelpName = "FILE" };
        var before = new Option<FileInfo[]>("--before") { Description = "Earlier edition of the lists: only entries that are new or say something else count.", HelpName = "FILE" };
        var since = new Option<long?>("--changes-since") { Description = "Hold clients of the store against entries that changed since a version of it, and changed clients against all.", HelpName = "VERSION" };
        var everybody = new Option<bool>("--all-parties") { Description = "With --changes-since: look at all parties of the store, not at clients only." };
        var asOf = new Option<DateOnly?>("--as-of") { Description = "Day on which the store's lists are to be in force; today, or the last day of the data where that is later, where absent.", HelpName = "YYYY-MM-DD" };
        var prior = new Option<double>("--prior") { Description = "Part of those asked about that stand on the lists, between 0 and 1: what probabilities start from.", HelpName = "P", DefaultValueFactory = _ => new ScreeningParameters().Prior };
        var least = new Option<double>("--least") { Description = "Least probability of a hit that is shown.", HelpName = "P", DefaultValueFactory = _ => 0 };
        var first = new Option<int>("--first") { Description = "Most hits of each asked about.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new ExampleCommand("screen",
            "Hold a name, or everybody of a file, against lists of sanctions and of courts and regulators: in every script, with aliases; each hit with its reasons in points that add up to the odds, and a probability.",
            $"screen \"Viktor Malinov\" --birth 1961 --list {Samples}/list.csv",
            $"screen 王建国 --country CN --list {Samples}/list.csv --json",
            $"screen --batch {Samples}/clients.csv --list {Samples}/list.csv",
            $"screen --batch {Samples}/clients.csv --list {Samples}/list.csv --before {Samples}/list-before.csv",
            "screen \"Viktor Malinov\" --data data",
            "screen 王建国 --as-of 2025-12-31 --data data",
            "screen --changes-since 3 --data data",
            "screen --changes-since 3 --all-parties --data data")
        { name, kind, birth, country, id, list, batch, before, since, everybody, asOf, prior, least, first, data, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var parameters = new ScreeningParameters { Prior = Within(parsed.GetValue(prior), "--prior"), LeastProbability = Within(parsed.GetValue(least), "--least"), Most = Math.Max(1, parsed.GetValue(first)) };
            var asked = new[] { parsed.GetValue(name) is not null, parsed.GetValue(batch) is not null, parsed.GetValue(since) is not null }.Count(given => given);
            if (asked != 1) throw new UserErrorException("Say whom to look for: a name, --batch FILE or --changes-since VERSION, one of the three.");
            if (parsed.GetValue(everybody) && parsed.GetValue(since) is null) throw new UserErrorException("--all-parties goes with --changes-since.");
            var (catalog, findings) = (SchemaCatalog.LoadEmbedded(), new List<string>());
            ImmutableArray<ListEntry> people = parsed.GetValue(batch) is { } file ? ListFile.Read(file.FullName, catalog, findings)
                : parsed.GetValue(name) is { } typed ? [Asked(typed, parsed.GetValue(kind), parsed.GetValue(birth), parsed.GetValue(country), parsed.GetValue(id))] : [];
            var answer = parsed.GetValue(since) is { } version
                ? await StoreScreening.SinceAsync(host, parsed.FilledFolder(data, host), parsed.GetValue(asOf), version, parsed.GetValue(everybody), parameters, cancellation)
                : await AskAsync();
            foreach (var finding in findings.Take(MostFindings)) await host.Error.WriteLineAsync(finding);
            if (findings.Count > MostFindings) await host.Error.WriteLineAsync(FormattableString.Invariant($"... and {findings.Count - MostFindings} more that could not be used."));
            if (parsed.GetValue(json)) await host.Out.WriteLineAsync(Json.Of(answer));
            else Write(host, answer);
            return ExitCode.Done;

            ImmutableArray<ListEntry> Read(FileInfo[] files) => [.. files.SelectMany(one => ListFile.Read(one.FullName, catalog, findings))];

            async ValueTask<ScreenAnswer> AskAsync()
            {
                var files = parsed.GetValue(list) ?? [];
                if (files.Length > 0 && parsed.GetValue(asOf) is not null) throw new UserErrorException("--as-of asks the lists of the store; those of a file are as they stand there.");
                var (entries, day) = files.Length > 0 ? (Read(files), (DateOnly?)null) : await StoreScreening.EntriesAsync(host, parsed.FilledFolder(data, host), parsed.GetValue(asOf), cancellation);
                if (entries.IsEmpty)
                    throw new UserErrorException(day is null ? $"There is nobody to look for: {string.Join(", ", files.Select(one => one.Name))} has no entry.{string.Concat(findings.Select(finding => $"\n{finding}"))}"
                        : FormattableString.Invariant($"There is nobody to look for: the store has no entry on a list in force on {day:yyyy-MM-dd}. Import a list, or give one by --list FILE."));
                return Ask(entries, parsed.GetValue(before) is { Length: > 0 } editions ? Read(editions) : null, people, parameters, cancellation) with { AsOf = day };
            }
        });
        return command;
    }

    private static double Within(double value, string option) => value is >= 0 and <= 1 ? value : throw new UserErrorException($"{option} is between 0 and 1.");

    private static ListEntry Asked(string name, string? kind, string? birth, string[]? countries, string[]? ids)
    {
        if (name.Trim().Length == 0) throw new UserErrorException("The name is empty: say whom to look for.");
        PartialDay? day = birth is null ? null : PartialDay.Parse(birth) ?? throw new UserErrorException($"--birth '{birth}' is no date such as 1962-07-04, 1962-07 or 1962.");
        var country = (countries ?? []).Select(text => CountryNames.Read(text) ?? throw new UserErrorException($"--country '{text}' is no code of ISO 3166-1 and no name of a country that is known here.")).ToImmutableArray();
        return new ListEntry("", ListFile.KindOf(kind), [name])
        {
            Days = day is { } known ? [known] : [],
            Countries = country,
            Identifiers = [.. (ids ?? []).Select(text => IdentifierSchemes.ReadTagged(text).In(country.FirstOrDefault()) is { IsUsable: true } reading ? reading : throw new UserErrorException($"--id '{text}' is no identifier of its scheme."))],
        };
    }

    private static ScreenAnswer Ask(ImmutableArray<ListEntry> entries, ImmutableArray<ListEntry>? earlier, ImmutableArray<ListEntry> asked, ScreeningParameters parameters, CancellationToken cancellation)
    {
        var lists = ScreeningIndex.Of(entries, cancellation);
        var changes = earlier is { } before ? ListChanges.Between(before, entries) : null;
        var answers = new List<ScreenedName>();
        foreach (var one in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(ScreenedName.Of(one.Id, one.Names[0], lists.Screen(one.ToQuery(), parameters, changes is null ? null : changes.IsNews)));
        }

        return new ScreenAnswer(entries.Length, answers).With(changes);
    }

    private static void Write(Host host, ScreenAnswer answer)
    {
        var terminal = new Terminal(host.Out);
        foreach (var asked in answer.Asked.Where(asked => asked.Hits.Count > 0 || answer.Asked.Count == 1))
        {
            terminal.WriteTable(asked.Hits.Count == 0 ? $"{asked.Name}: no hit" : asked.Name, ["probability", "entry", "name", "list", "programme", "points"], asked.Hits.Select(hit => (IReadOnlyList<string>)
            [
                hit.Probability.ToString("0.000", CultureInfo.InvariantCulture), hit.Id, hit.Name, Lines(hit.List, hit.Authority), Lines(hit.Programme, hit.Reference),
                string.Join('\n', hit.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Points,6:+0.0;-0.0;0.0} {point.Kind}: {point.Detail}"))),
            ]));
        }

        if (answer.NewEntries is not null)
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(answer.Since is { } since ? $"Versions {since} to {answer.UpTo}: " : "")}{answer.NewEntries} entries are new, {answer.ChangedEntries} say something else, {answer.RemovedEntries} are gone."));
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Asked.Count(asked => asked.Hits.Count > 0)} of {answer.Asked.Count} with hits, among {answer.Entries} entries{(answer.AsOf is { } day ? $" in force on {day:yyyy-MM-dd}" : "")}."));
        if (answer.PartiesLooked is { } looked)
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{looked} parties were looked at{(answer.PartiesPassedOver is > 0 and var passed ? $"; {passed} were not, since they are nobody's clients: --all-parties looks at them too" : "")}."));
        if (answer.Entries == 0) terminal.WriteLine("No entry is in force: that nobody is found says nothing.");
    }

    private static string Lines(params string?[] texts) => string.Join('\n', texts.Where(text => text is { Length: > 0 }));
}
