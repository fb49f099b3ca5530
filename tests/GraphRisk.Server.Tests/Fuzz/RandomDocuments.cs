using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;

namespace GraphRisk.Server.Tests.Fuzz;

/// <summary>A question as it would come over the wire.</summary>
internal sealed record RandomDocument(string Text, string Variables);

/// <summary>
/// Documents drawn from a schema: operations, aliases, fragments, directives, arguments and variables, most of them valid, some values of them
/// wrong, out of range or hostile, a few documents broken as text. The same seed draws the same documents.
/// </summary>
/// <param name="schema">What is asked of.</param>
/// <param name="ids">Ids and names there are, so that questions find something.</param>
/// <param name="seed">Of the draw.</param>
internal sealed class RandomDocuments(ISchema schema, IReadOnlyList<string> ids, int seed)
{
    private const int Deepest = 8;
    private const int MostSeen = 200;

    private static readonly string[] Texts =
        ["", "王", "有限公司", "wang", "%", "\"", "\\", "\u0000", "\u202e", "Robert'); DROP TABLE", "${7*7}", "A", "🙂", "a b c d e f g h", new('股', 300), new('(', 50), "[a-z]*+?"];

    // Values a type takes, and such as it does not.
    private static readonly (string[] Good, string[] Bad) Days = (["2024-03-31", "2024-06-30", "1900-01-01", "9999-12-31", "0001-01-01"], ["2024-02-30", "31.12.2024", ""]);
    private static readonly (string[] Good, string[] Bad) Instants = (["2024-03-31T00:00:00Z", "2024-06-30T23:59:59.999+08:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"], ["now", "2024-06-30T25:00:00Z"]);
    private static readonly (string[] Good, string[] Bad) Whole = (["-2147483648", "-1", "0", "1", "2", "3", "5", "20", "100", "1000", "2147483647"], ["2147483648", "1.5"]);
    private static readonly (string[] Good, string[] Bad) Fractions = (["-1", "0", "0.25", "0.5", "1", "1e10", "-0.0", "3.0"], ["1e400"]);
    private static readonly (string[] Good, string[] Bad) Decimals = (["-1", "0", "0.25", "1000000", "79228162514264337593543950335", "\"0.30\""], ["1e40", "\"x\"", "\"\""]);

    private readonly Random random = new(seed);
    private readonly List<string> cursors = [];
    private readonly StringBuilder text = new();
    private readonly StringBuilder fragments = new();
    private readonly List<string> declared = [];
    private readonly Dictionary<string, string> values = [];
    private int names, left;

    /// <summary>The next document.</summary>
    public RandomDocument Next()
    {
        text.Clear();
        fragments.Clear();
        declared.Clear();
        values.Clear();
        (names, left) = (0, 5 + random.Next(60));
        var isMutation = Chance(3);
        IObjectGraphType root = isMutation ? schema.Mutation! : schema.Query;
        var body = Selection(root, 0);
        text.Append(isMutation ? "mutation" : "query").Append(" Q");
        if (declared.Count > 0) text.Append('(').AppendJoin(", ", declared).Append(')');
        text.Append(' ').Append(body).Append(fragments);
        var variables = $"{{{string.Join(", ", values.Select(pair => $"\"{pair.Key}\": {pair.Value}"))}}}";
        return new RandomDocument(Chance(4) ? Broken(text.ToString()) : text.ToString(), Chance(2) ? "{\"v0\": [[{}]]}" : variables);
    }

    /// <summary>Remembers the cursors of an answer: later documents go on from them, some under other questions.</summary>
    public void See(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Array)
            foreach (var item in answer.EnumerateArray()) See(item);
        if (answer.ValueKind != JsonValueKind.Object) return;
        foreach (var member in answer.EnumerateObject())
            if (member is { Name: "endCursor" or "startCursor" or "cursor", Value.ValueKind: JsonValueKind.String })
            {
                if (cursors.Count == MostSeen) cursors[random.Next(MostSeen)] = member.Value.GetString()!;
                else cursors.Add(member.Value.GetString()!);
            }
            else
            {
                See(member.Value);
            }
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>One in 500: a question has dozens of places where it is asked.</summary>
    private bool Seldom() => random.Next(500) == 0;

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private string Any((string[] Good, string[] Bad) values) => Any(Seldom() ? values.Bad : values.Good);

    private string Selection(IGraphType type, int depth)
    {
        var selection = new StringBuilder("{ ");
        if (type is IComplexGraphType complex && complex.Fields.Count > 0)
        {
            var count = depth == 0 ? 1 + random.Next(2) : 1 + random.Next(5);
            for (var i = 0; i < count; i++) selection.Append(Field(complex, depth)).Append(' ');
        }

        if (type is IAbstractGraphType or IObjectGraphType && Chance(15)) selection.Append(Fragment(type, depth)).Append(' ');
        if (Chance(10) || selection.Length < 4) selection.Append("__typename ");
        return selection.Append('}').ToString();
    }

    private string Field(IComplexGraphType type, int depth)
    {
        var field = Any(type.Fields.ToList());
        var made = field.ResolvedType!.GetNamedType();
        var isLeaf = made is ScalarGraphType or EnumerationGraphType;
        if (!isLeaf && (depth >= Deepest || --left < 0)) return "__typename";
        var alias = Chance(70) ? $"a{names++}: " : "";
        var directive = Chance(4) ? $" @{Any<string>(["skip", "include"])}(if: {Any<string>(["true", "false"])})" : "";
        return $"{alias}{field.Name}{Arguments(field.Arguments)}{directive}{(isLeaf ? "" : $" {Selection(made, depth + 1)}")}";
    }

    private string Fragment(IGraphType type, int depth)
    {
        if (depth >= Deepest || --left < 0) return "__typename";
        var on = type is IAbstractGraphType many && Chance(80) ? Any(many.PossibleTypes.ToList()) : type;
        var selection = Selection(on, depth + 1);
        if (Chance(60)) return $"... on {on.Name} {selection}";
        var name = $"F{names++}";
        fragments.Append($" fragment {name} on {on.Name} {selection}");
        return Chance(20) ? $"...{name} ...{name}" : $"...{name}";
    }

    private string Arguments(IEnumerable<QueryArgument>? arguments)
    {
        var given = new List<string>();
        foreach (var argument in arguments ?? [])
            if (argument.ResolvedType is NonNullGraphType ? !Seldom() : Chance(argument.Name is "where" or "orderBy" ? 50 : 25))
                given.Add($"{argument.Name}: {Given(argument)}");
        if (Seldom()) given.Add("noSuchArgument: 1");
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Given(QueryArgument argument)
    {
        if (argument.Name is "after" or "before" && cursors.Count > 0 && Chance(80)) return JsonSerializer.Serialize(Chance(90) ? Any(cursors) : Any(cursors)[1..]);
        if (argument.Name is "first" or "last" && Chance(80)) return Any<string>(["0", "1", "2", "5", "20"]);
        if (!Chance(15)) return Value(argument.ResolvedType!, 0, isJson: false);
        var name = $"v{names++}";
        declared.Add($"${name}: {argument.ResolvedType}");
        if (!Chance(1)) values[name] = Value(argument.ResolvedType!, 0, isJson: true);
        return $"${name}";
    }

    private string Value(IGraphType type, int depth, bool isJson)
    {
        if (type is NonNullGraphType required) return Seldom() ? "null" : Value(required.ResolvedType!, depth, isJson);
        if (Chance(1)) return "null";
        if (Seldom()) return Any<string>(["[]", "{}", "true", "7", "\"seven\""]);
        return type switch
        {
            ListGraphType list => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(list.ResolvedType!, depth, isJson)))}]",
            EnumerationGraphType names => Quoted(Seldom() ? "NO_SUCH_NAME" : Any(names.Values.ToList()).Name, isJson),
            IInputObjectGraphType input => Object(input, depth, isJson),
            _ => Scalar(type.Name),
        };
    }

    private static string Quoted(string name, bool isJson) => isJson ? $"\"{name}\"" : name;

    private string Object(IInputObjectGraphType input, int depth, bool isJson)
    {
        var fields = input.Fields.ToList();
        var chosen = fields.Where(field => field.ResolvedType is NonNullGraphType).ToList();
        if (depth < 5)
            for (var i = random.Next(3) + (chosen.Count == 0 ? 1 : 0); i > 0; i--)
                if (Any(fields) is var more && !chosen.Contains(more)) chosen.Add(more);
        return $"{{{string.Join(", ", chosen.Select(field => $"{Quoted(field.Name, isJson)}: {Value(field.ResolvedType!, depth + 1, isJson)}"))}}}";
    }

    private string Scalar(string type) => type switch
    {
        "Int" or "Long" => Any(Whole),
        "Float" => Any(Fractions),
        "Boolean" => Any<string>(["true", "false"]),
        "Decimal" => Any(Decimals),
        "Date" => JsonSerializer.Serialize(Any(Days)),
        "DateTime" or "AsOf" => JsonSerializer.Serialize(Any(type == "AsOf" && Chance(50) ? Days : Instants)),
        "ID" => JsonSerializer.Serialize(Chance(80) ? Any(ids) : Any(Texts)),
        _ => JsonSerializer.Serialize(Chance(40) ? Any(ids) : Any(Texts)),
    };

    /// <summary>A few characters left out, doubled or put in elsewhere.</summary>
    private string Broken(string whole)
    {
        var broken = new StringBuilder(whole);
        for (var i = 1 + random.Next(3); i > 0 && broken.Length > 1; i--)
        {
            var at = random.Next(broken.Length);
            switch (random.Next(4))
            {
                case 0: broken.Remove(at, Math.Min(1 + random.Next(4), broken.Length - at)); break;
                case 1: broken.Insert(at, broken[random.Next(broken.Length)]); break;
                case 2: broken.Insert(at, Any<string>(["{", "}", "(", "\"", "$", "...", "@", "\u0000", "#", "\ud800"])); break;
                default: broken.Insert(at, random.Next().ToString(CultureInfo.InvariantCulture)); break;
            }
        }

        return broken.ToString();
    }
}
