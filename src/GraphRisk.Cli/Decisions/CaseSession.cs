using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary>Questions and commands on cases of one kind, put to a server as GraphQL: the rights, the table and the filing are those of everybody.</summary>
/// <param name="kind">The kind.</param>
/// <param name="name">What the command is called.</param>
/// <param name="asked">The server, with who asks.</param>
internal sealed class CaseSession(CaseKind kind, string name, AskedServer asked)
{
    /// <summary>Name of a case of the kind as an argument and as a field: <c>application</c>.</summary>
    public string Noun { get; } = char.ToLowerInvariant(kind.NodeType[0]) + kind.NodeType[1..];

    /// <summary>The data of an answer.</summary>
    /// <exception cref="UserErrorException">It was refused; the message says why.</exception>
    public Task<JsonObject> AskAsync(string document, JsonObject variables, CancellationToken cancellation) => asked.AskAsync(document, variables, cancellation);

    /// <summary>Makes a move of a case.</summary>
    /// <param name="move">What the table calls it.</param>
    /// <param name="typed">Number or id of the case.</param>
    /// <param name="carried">What it carries, key and all: name, GraphQL type, value.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<JsonObject> MoveAsync(string move, string typed, IReadOnlyList<(string Name, string Type, JsonNode Value)> carried, CancellationToken cancellation)
    {
        var given = carried.Prepend((Name: Noun, Type: "ID!", Value: await IdOfAsync(Noun, typed, cancellation))).ToList();
        return await CommandAsync(move + kind.NodeType, given, cancellation);
    }

    /// <summary>Gives a command that moves or opens a case.</summary>
    public async Task<JsonObject> CommandAsync(string command, IReadOnlyList<(string Name, string Type, JsonNode Value)> given, CancellationToken cancellation)
    {
        var document = $"mutation({string.Join(", ", given.Select(one => $"${one.Name}: {one.Type}"))}) {{ {command}({string.Join(", ", given.Select(one => $"{one.Name}: ${one.Name}"))}) "
            + $"{{ {Noun} {{ id reference state moveCount }} move {{ move serial at }} isNew }} }}";
        var variables = new JsonObject(given.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Name, one.Value)));
        return (await AskAsync(document, variables, cancellation))[command]!.AsObject();
    }

    /// <summary>The id of the case that is meant.</summary>
    /// <exception cref="UserErrorException">There is none of this number.</exception>
    /// <param name="noun">What a case of its kind is called as a field.</param>
    /// <param name="typed">Its number or id.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<JsonNode> IdOfAsync(string noun, string typed, CancellationToken cancellation)
    {
        if (typed.Contains('/', StringComparison.Ordinal)) return typed;
        var found = (await AskAsync($"query($number: String!) {{ {noun}s(where: {{ reference: {{ eq: $number }} }}) {{ nodes {{ id }} }} }}", new JsonObject { ["number"] = typed }, cancellation))[$"{noun}s"]!["nodes"]!.AsArray();
        return found.Count == 1 ? found[0]!["id"]!.GetValue<string>() : throw new UserErrorException($"You know of no {noun} '{typed}'{(noun == Noun ? $": '{name} list' names those there are" : "")}.");
    }
}
