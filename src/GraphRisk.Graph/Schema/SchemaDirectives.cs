using System.Collections.Frozen;
using System.Globalization;
using GraphQLParser.AST;

namespace GraphRisk.Graph.Schema;

/// <summary>What a directive may stand on.</summary>
[Flags]
internal enum DirectivePlaces
{
    Type = 1,
    Field = 2,
}

/// <summary>A directive the catalog understands.</summary>
/// <param name="Places">What it may stand on.</param>
/// <param name="Required">Arguments that must be given.</param>
/// <param name="Optional">Arguments that may be given.</param>
internal sealed record DirectiveRule(DirectivePlaces Places, string[] Required, string[] Optional);

/// <summary>The directives on one type or field, held against the table of what is allowed.</summary>
internal sealed class SchemaDirectives
{
    private static readonly FrozenDictionary<string, DirectiveRule> Rules = new Dictionary<string, DirectiveRule>
    {
        ["node"] = new(DirectivePlaces.Type, [], []),
        ["relationship"] = new(DirectivePlaces.Type, ["name", "from", "to"], ["parallel"]),
        ["derived"] = new(DirectivePlaces.Type, [], []),
        ["classified"] = new(DirectivePlaces.Type | DirectivePlaces.Field, ["level"], ["mask"]),
        ["unique"] = new(DirectivePlaces.Field, [], []),
        ["identifier"] = new(DirectivePlaces.Field, ["scheme"], []),
        ["series"] = new(DirectivePlaces.Field, [], ["period"]),
        ["searchable"] = new(DirectivePlaces.Field, [], []),
        ["caption"] = new(DirectivePlaces.Field, [], []),
        ["codes"] = new(DirectivePlaces.Field, ["list"], []),
        ["computedFrom"] = new(DirectivePlaces.Field, ["field"], []),
        ["range"] = new(DirectivePlaces.Field, [], ["min", "max"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, GraphQLDirective> found = new(StringComparer.Ordinal);
    private readonly SourceLocation location;

    /// <exception cref="SchemaException">A directive is unknown, misplaced, stated twice or has wrong arguments.</exception>
    public SchemaDirectives(IHasDirectivesNode node, DirectivePlaces place, SourceLocation location)
    {
        this.location = location;
        foreach (var directive in node.Directives?.Items ?? [])
        {
            var name = directive.Name.StringValue;
            if (!Rules.TryGetValue(name, out var rule)) throw new SchemaException(location, $"Unknown directive '@{name}'.");
            if (!rule.Places.HasFlag(place)) throw new SchemaException(location, $"'@{name}' cannot stand on a {place.ToString().ToLowerInvariant()}.");
            if (!found.TryAdd(name, directive)) throw new SchemaException(location, $"'@{name}' is stated twice.");
            CheckArguments(directive, rule);
        }
    }

    /// <summary>Whether the directive is there.</summary>
    public bool Has(string directive) => found.ContainsKey(directive);

    /// <summary>An argument's text; null where the directive or the argument is not there.</summary>
    public string? Text(string directive, string argument)
    {
        if (!found.TryGetValue(directive, out var node)) return null;
        return node.Arguments?.Items.Find(item => item.Name.StringValue == argument)?.Value switch
        {
            GraphQLStringValue text => text.Value.ToString(),
            GraphQLIntValue number => number.Value.ToString(),
            GraphQLEnumValue value => value.Name.StringValue,
            null => null,
            _ => throw new SchemaException(location, $"'@{directive}({argument}:)' is neither a text, a number nor a name."),
        };
    }

    /// <summary>An argument as a decimal; null where it is not there.</summary>
    public decimal? Number(string directive, string argument)
    {
        if (Text(directive, argument) is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number : throw new SchemaException(location, $"'@{directive}({argument}:)' is '{text}', which is not a number.");
    }

    /// <summary>An argument as a name of an enumeration, written in capitals; null where it is not there.</summary>
    public T? Name<T>(string directive, string argument)
        where T : struct, Enum
    {
        if (Text(directive, argument) is not { } text) return null;
        if (!text.Any(char.IsAsciiLetterLower) && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<T>(text, ignoreCase: true);
        throw new SchemaException(location, $"'@{directive}({argument}:)' is '{text}', which is not allowed there.");
    }

    /// <summary>The level of <c>@classified</c>; null where it is not there.</summary>
    public Sensitivity? Level()
    {
        if (Text("classified", "level") is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 4
            ? (Sensitivity)level : throw new SchemaException(location, $"'@classified(level:)' is '{text}', not a level from 1 to 4.");
    }

    private void CheckArguments(GraphQLDirective directive, DirectiveRule rule)
    {
        var given = directive.Arguments?.Items.ConvertAll(argument => argument.Name.StringValue) ?? [];
        foreach (var name in given)
        {
            if (!rule.Required.Contains(name) && !rule.Optional.Contains(name))
                throw new SchemaException(location, $"'@{directive.Name}' has no argument '{name}'.");
            if (given.Count(other => other == name) > 1)
                throw new SchemaException(location, $"'@{directive.Name}' is given '{name}' twice.");
        }

        foreach (var name in rule.Required)
            if (!given.Contains(name)) throw new SchemaException(location, $"'@{directive.Name}' lacks its argument '{name}'.");
    }
}
