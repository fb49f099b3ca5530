using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;

namespace GraphRisk.Cli.Scores;

/// <summary>The options of a command that asks a data folder one question as somebody, and how it is asked and answered.</summary>
/// <param name="host">Clock and writers.</param>
/// <param name="purposes">Who may ask, and what for.</param>
internal sealed class AskedAs(Host host, IReadOnlyDictionary<Role, string> purposes)
{
    /// <summary>Who asks about a client's score.</summary>
    public static IReadOnlyDictionary<Role, string> AboutScores { get; } = new Dictionary<Role, string> { [Role.Regulator] = "supervision", [Role.Broker] = "monitoring", [Role.Client] = "own-record" };

    /// <summary>Whether parts of an answer may be refused: they are null then, and the answer says itself why.</summary>
    public bool TakesRefusals { get; init; }

    private readonly Option<Role> role = Roles(purposes);
    private readonly Option<string?> of = new("--of") { Description = "The broker or client that asks, such as B001.", HelpName = "ID" };
    private readonly Option<string?> reason = new("--reason") { Description = "Why names and numbers are to be shown; filed.", HelpName = "TEXT" };
    private readonly Option<string> language = CommonOptions.Language("titles and texts");
    private readonly Option<DirectoryInfo> data = CommonOptions.Data();
    private readonly Option<bool> json = CommonOptions.Json();

    /// <summary>Adds the options to a command and gives it its action.</summary>
    /// <param name="command">The command.</param>
    /// <param name="document">The question; its answer is the field of this name.</param>
    /// <param name="field">The root field.</param>
    /// <param name="variables">Of the question; the language is added.</param>
    /// <param name="write">Writes the answer for people.</param>
    public ExampleCommand On(
        ExampleCommand command, string document, string field, Func<ParseResult, (string Name, JsonNode? Value)[]> variables, Action<Terminal, JsonNode> write) =>
        On(command, document, field, variables, (terminal, found, _) => write(terminal, found));

    /// <summary>The same, where options of the command say how the answer is written.</summary>
    public ExampleCommand On(
        ExampleCommand command, string document, string field, Func<ParseResult, (string Name, JsonNode? Value)[]> variables, Action<Terminal, JsonNode, ParseResult> write)
    {
        foreach (var option in (Option[])[role, of, reason, language, data, json]) command.Add(option);
        command.SetAction((parsed, cancellation) => QueryCommand.AskFolderAsync(
            host, parsed.FilledFolder(data, host), parsed.GetValue(role), parsed.GetValue(of),
            id => TokenCommand.ViewerOf(parsed.GetValue(role), id, purposes[parsed.GetValue(role)], parsed.GetValue(reason)),
            async (endpoint, token) =>
            {
                using var http = new HttpClient();
                var given = new JsonObject(variables(parsed).Append(("language", parsed.GetValue(language))).Select(one => KeyValuePair.Create(one.Item1, one.Item2)));
                var found = (await new AskedServer(endpoint, token, http).AskAsync(document, given, cancellation, TakesRefusals))[field]!;
                if (parsed.GetValue(json)) await host.Out.WriteLineAsync(found.ToJsonString(Json.Options));
                else write(new Terminal(host.Out), found, parsed);
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    /// <summary>An option for a day.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name) { Description = description, HelpName = "YYYY-MM-DD" };

    /// <summary>A day as a variable.</summary>
    public static JsonNode? Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The items of a list that may be null.</summary>
    public static IEnumerable<JsonNode> Rows(JsonNode? list) => (list?.AsArray() ?? []).OfType<JsonNode>();

    /// <summary>Points for people.</summary>
    public static string Points(JsonNode? points) => points is null ? "" : points.GetValue<double>().ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture);

    private static Option<Role> Roles(IReadOnlyDictionary<Role, string> purposes)
    {
        var option = new Option<Role>("--role") { Description = $"As whom: {string.Join(", ", purposes.Keys.Select(NameOf))}.", DefaultValueFactory = _ => purposes.Keys.First() };
        option.AcceptOnlyFromAmong([.. purposes.Keys.Select(NameOf)]);
        return option;
    }

    private static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
