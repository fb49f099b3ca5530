using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary>Who gives a command on a case, as options say it.</summary>
/// <param name="kind">The kind of case.</param>
/// <param name="purposes">What data is read for, by role; the first role is the one where none is named.</param>
/// <param name="name">What the command is called; the noun of the kind where null.</param>
internal sealed class CaseCommands(Host host, CaseKind kind, IReadOnlyDictionary<Role, string> purposes, string? name = null)
{
    private readonly SchemaCatalog catalog = SchemaCatalog.LoadEmbedded();

    /// <summary>Where answers go.</summary>
    public TextWriter Out => host.Out;

    /// <summary>The time.</summary>
    public TimeProvider Clock => host.Clock;

    /// <summary>Further columns of the list: heading, what is asked of a case, and how the answer is shown.</summary>
    public IReadOnlyList<(string Heading, string Asked, Func<JsonNode, string> Shown)> Columns { get; init; } = [];

    /// <summary>A column that shows a field as it is.</summary>
    public static (string Heading, string Asked, Func<JsonNode, string> Shown) Column(string heading, string field) => (heading, field, row => $"{row[field]}");

    /// <summary>Fields of a case by which the list may be narrowed: field and description.</summary>
    public IReadOnlyList<(string Field, string Description)> Filters { get; init; } = [];

    /// <summary>What an option of a move means for this kind, where the field's own description does not say it, by move and field; what the move itself does, where the table's words do not say it to who types it, under an empty field.</summary>
    public IReadOnlyDictionary<(string Move, string Field), string> Told { get; init; } = new Dictionary<(string Move, string Field), string>();

    /// <summary>Further examples of a move: what follows its case, by move.</summary>
    public ILookup<string, string> Examples { get; init; } = Array.Empty<string>().ToLookup(example => example);

    /// <summary>What the list goes by before the day of filing; nothing where empty.</summary>
    public string Order { get; init; } = "";

    private string Name => name ?? Noun;

    /// <summary>What cases of the kind are called in the plural, as the heading of a table.</summary>
    private string Heading => $"{kind.NodeType[0]}{string.Concat(kind.NodeType.Skip(1).Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"))}s";

    private string Noun => char.ToLowerInvariant(kind.NodeType[0]) + kind.NodeType[1..];

    /// <summary>One command a move that leads on, in the order of the table, after one that lists.</summary>
    public IEnumerable<ExampleCommand> All() => [BuildList(), .. kind.Table.LeadingOn.Select(BuildMove)];

    /// <summary>Options that say who acts.</summary>
    public (Option<Role> Role, Option<string?> Of, Option<string?> By, Option<DirectoryInfo> Data, Option<bool> Json) Actor()
    {
        var role = new Option<Role>("--role") { Description = $"In which role: {string.Join(", ", purposes.Keys.Select(one => one.ToString().ToLowerInvariant()))}.", DefaultValueFactory = _ => purposes.Keys.First() };
        role.AcceptOnlyFromAmong([.. purposes.Keys.Select(one => one.ToString().ToLowerInvariant())]);
        return (
            role, new Option<string?>("--of") { Description = "The broker or client that is acted for, such as B001.", HelpName = "ID" },
            new Option<string?>("--by") { Description = "The person who acts; where two are asked for it tells them apart.", HelpName = "NAME" }, CommonOptions.Data(), CommonOptions.Json());
    }

    /// <summary>Runs a command as who gives it.</summary>
    public Task<int> RunAsync(
        ParseResult parsed, (Option<Role> Role, Option<string?> Of, Option<string?> By, Option<DirectoryInfo> Data, Option<bool> Json) actor, string? reason,
        Func<CaseSession, Task> work, CancellationToken cancellation, TimeSpan? longest = null) =>
        QueryCommand.AskFolderAsync(
            host, parsed.FilledFolder(actor.Data, host), parsed.GetValue(actor.Role), parsed.GetValue(actor.Of),
            id => TokenCommand.ViewerOf(parsed.GetValue(actor.Role), id, purposes[parsed.GetValue(actor.Role)], reason) with { Subject = parsed.GetValue(actor.By) },
            async (endpoint, token) =>
            {
                using var http = new HttpClient();
                if (longest is { } time) http.Timeout = time;
                await work(new CaseSession(kind, Name, new AskedServer(endpoint, token, http)));
                return ExitCode.Done;
            },
            cancellation, longest);

    /// <summary>Says what a command did.</summary>
    public async Task TellAsync(JsonObject done, bool json)
    {
        if (json) await host.Out.WriteLineAsync(done.ToJsonString(Json.Options));
        else await host.Out.WriteLineAsync(
            $"{done[Noun]!["reference"]} is {done[Noun]!["state"]} since move {done["move"]!["serial"]}, '{done["move"]!["move"]}'{((bool)done["isNew"]! ? "" : "; it was made before under this key")}.");
    }

    /// <summary>What a move of the kind may carry, as options: name of the field and its option.</summary>
    public IReadOnlyList<(Field Field, Option<string?> Option)> Carried(string move) =>
    [
        .. kind.Table.OfPersons(move).SelectMany(row => row.Carries.Concat(row.May)).Distinct().Where(name => !kind.Computed.Contains(name))
            .Select(name => catalog.Node(CaseFacts.MoveType).GetField(name))
            .Select(field => (field, new Option<string?>($"--{Hyphened(field.Name)}")
            {
                Description = Told.GetValueOrDefault((move, field.Name)) ?? field.Description, Required = kind.Table.OfPersons(move).All(row => row.Carries.Contains(field.Name)), HelpName = field.Kind switch
                {
                    FieldKind.Date => "YYYY-MM-DD",
                    FieldKind.Decimal => "N",
                    FieldKind.Boolean => "true|false",
                    FieldKind.Enum => string.Join('|', field.Enum!.Values),
                    _ => "TEXT",
                },
            })),
    ];

    /// <summary>The values of options, as variables of GraphQL.</summary>
    public static IEnumerable<(string Name, string Type, JsonNode Value)> Read(ParseResult parsed, IEnumerable<(Field Field, Option<string?> Option)> options)
    {
        foreach (var (field, option) in options)
            if (parsed.GetValue(option) is { } typed)
                yield return field.Kind switch
                {
                    FieldKind.Decimal => (field.Name, "Decimal!", decimal.TryParse(typed, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                        ? JsonValue.Create(number) : throw new UserErrorException($"{option.Name} is '{typed}', which is no number.")),
                    FieldKind.Date => (field.Name, "Date!", JsonValue.Create(typed)),
                    FieldKind.Boolean => (field.Name, "Boolean!", bool.TryParse(typed, out var truth) ? JsonValue.Create(truth) : throw new UserErrorException($"{option.Name} is '{typed}', which is neither true nor false.")),
                    FieldKind.Enum => (field.Name, $"{field.Enum!.Name}!", JsonValue.Create(typed.ToUpperInvariant())),
                    _ => (field.Name, "String!", JsonValue.Create(typed)),
                };
    }

    /// <summary>The option by which a command sent again is known, and its value: one of its own where none is given.</summary>
    public static Option<string?> Key() => new("--key")
    {
        Description = "What you call this command: given again under the same key it is done once; a new one where absent.", HelpName = "KEY",
    };

    /// <summary>The key that was given, or a new one.</summary>
    public static string KeyOf(ParseResult parsed, Option<string?> key) => parsed.GetValue(key) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private ExampleCommand BuildMove(string move)
    {
        var id = new Argument<string>(Noun) { Description = $"Its number, as '{Name} list' names it." };
        var (actor, carried, key) = (Actor(), Carried(move), Key());
        var example = string.Concat(carried.Where(one => one.Option.Required).Select(one => $" {one.Option.Name} {ExampleOf(one.Field)}"));
        var command = new ExampleCommand(
            move, Told.GetValueOrDefault((move, "")) ?? string.Join(' ', kind.Table.OfPersons(move).Select(row => row.Means).Distinct()),
            [.. Examples[move].DefaultIfEmpty(example).Select(words => $"{Name} {move} {kind.NodeType[0]}-0123-4567-89AB-CDEF {words.TrimStart()}".TrimEnd() + " --of B001 --by li.wei")])
        { id, key };
        foreach (var (_, option) in carried) command.Add(option);
        Add(command, actor);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, actor, null, async session =>
            await TellAsync(await session.MoveAsync(move, parsed.GetValue(id)!, [("key", "String!", KeyOf(parsed, key)), .. Read(parsed, carried)], cancellation), parsed.GetValue(actor.Json)), cancellation));
        return command;
    }

    private ExampleCommand BuildList()
    {
        var state = new Option<string?>("--state") { Description = $"Those in a state: {string.Join(", ", kind.Table.States)}.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. kind.Table.States]);
        var first = new Option<int>("--first") { Description = "How many are shown, the newest first.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var reason = new Option<string?>("--reason") { Description = "Why names are to be shown; filed.", HelpName = "TEXT" };
        var (actor, filters) = (Actor(), Filters.Select(one => (one.Field, Option: new Option<string?>($"--{Hyphened(one.Field)}") { Description = one.Description, HelpName = "NAME" })).ToList());
        var command = new ExampleCommand("list", "List those you may know of, with the move that was last.", $"{Name} list --of B001", $"{Name} list --of B001 --state {kind.Table.States[0]} --json") { state, first, reason };
        foreach (var (_, option) in filters) command.Add(option);
        Add(command, actor);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, actor, parsed.GetValue(reason), async session =>
        {
            var given = filters.Where(one => parsed.GetValue(one.Option) is not null).ToList();
            IEnumerable<string> conditions = [.. parsed.GetValue(state) is { } one ? [$"state: {{ eq: {one} }}"] : Array.Empty<string>(), .. given.Select(filter => $"{filter.Field}: {{ eq: ${filter.Field} }}")];
            var document = $"query($first: Int!{string.Concat(given.Select(filter => $", ${filter.Field}: String!"))}) {{ {Noun}s({(conditions.Any() ? $"where: {{ {string.Join(", ", conditions)} }}, " : "")}orderBy: [{Order}{{ filedOn: DESC }}, {{ reference: ASC }}], first: $first) "
                + $"{{ totalCount nodes {{ reference state filedOn moveCount concerned {{ nodes {{ name }} }} moves(last: 1) {{ nodes {{ move at person }} }} {string.Join(' ', Columns.Select(column => column.Asked))} }} }} }}";
            var variables = new JsonObject([KeyValuePair.Create<string, JsonNode?>("first", parsed.GetValue(first)), .. given.Select(filter => KeyValuePair.Create<string, JsonNode?>(filter.Field, parsed.GetValue(filter.Option)))]);
            var found = (await session.AskAsync(document, variables, cancellation))[$"{Noun}s"]!;
            if (parsed.GetValue(actor.Json)) await host.Out.WriteLineAsync(found.ToJsonString(Json.Options));
            else Write(found.AsObject());
        }, cancellation));
        return command;
    }

    private void Write(JsonObject found)
    {
        var terminal = new Terminal(host.Out);
        terminal.WriteTable(Heading, ["number", "state", "filed on", "concerned", "moves", "last move", "by", .. Columns.Select(column => column.Heading)], found["nodes"]!.AsArray().Select(row => (IReadOnlyList<string>)
        [
            $"{row!["reference"]}", $"{row["state"]}", $"{row["filedOn"]}", string.Join(", ", row["concerned"]!["nodes"]!.AsArray().Select(party => party?["name"])), $"{row["moveCount"]}",
            $"{row["moves"]!["nodes"]![0]!["move"]}", $"{row["moves"]!["nodes"]![0]!["person"]}", .. Columns.Select(column => column.Shown(row)),
        ]), firstIsWhole: true);
        terminal.WriteLine($"{found["nodes"]!.AsArray().Count} of {found["totalCount"]}.");
    }

    /// <summary>Adds the options that say who acts.</summary>
    public static void Add(Command command, (Option<Role> Role, Option<string?> Of, Option<string?> By, Option<DirectoryInfo> Data, Option<bool> Json) actor)
    {
        command.Add(actor.Role);
        command.Add(actor.Of);
        command.Add(actor.By);
        command.Add(actor.Data);
        command.Add(actor.Json);
    }

    private static string ExampleOf(Field field) => field.Kind switch { FieldKind.Decimal => field.Maximum == 1 ? "0.065" : "500000", FieldKind.Date => "2026-03-31", FieldKind.Enum => field.Enum!.Values[0], _ => "\"as agreed\"" };

    private static string Hyphened(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
