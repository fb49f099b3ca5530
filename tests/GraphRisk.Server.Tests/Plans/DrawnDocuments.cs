using System.Text;
using GraphQL;
using GraphQL.Types;

namespace GraphRisk.Server.Tests.Plans;

/// <summary>
/// Documents drawn by seed from the schema, valid, over some roots: fields in any order, aliases, fields of one name asked for in several places, fragments with
/// and without names and conditions, <c>@skip</c> and <c>@include</c> by literals and variables, pages and instants as literals and variables.
/// </summary>
internal sealed class DrawnDocuments(ISchema schema, string[] roots)
{
    private const string Variables = "($on: Boolean! = true, $off: Boolean! = false, $few: Int = 2, $day: AsOf)";
    private int fragments;

    /// <summary>The variables that documents may be asked with; null for those they state themselves.</summary>
    public static string[] Given { get; } = ["{}", """{"on": false, "off": true}""", """{"few": 3, "day": "2025-03-31"}"""];

    public string Draw(int seed)
    {
        var random = new Random(seed);
        fragments = 0;
        var named = new StringBuilder();
        var text = new StringBuilder();
        for (var at = random.Next(1, 4); at > 0; at--) text.Append(Root(random, named, roots[random.Next(roots.Length)], at));
        if (random.Next(4) == 0) text.Append(" __typename");
        // Every variable is used, or the document is not valid.
        return $"query Drawn{Variables} {{ {text} used: __typename @include(if: $on) @skip(if: $off) u: companies(first: $few, asOf: $day) {{ totalCount }} }} {named}";
    }

    private string Root(Random random, StringBuilder named, string root, int number)
    {
        var name = root.Split('(')[0];
        var field = schema.Query.GetField(name)!;
        var alias = random.Next(2) == 0 ? $"r{number}: " : $"{name}{number}: ";
        return $" {alias}{root}{Directive(random)} {{ {Below(random, named, field.ResolvedType!.GetNamedType(), 5)} }}";
    }

    private string Below(Random random, StringBuilder named, IGraphType type, int depth)
    {
        var text = new StringBuilder("__typename");
        for (var count = random.Next(2, 9); count > 0; count--) text.Append(' ').Append(Part(random, named, type, depth));
        return text.ToString();
    }

    private string Part(Random random, StringBuilder named, IGraphType type, int depth)
    {
        if (random.Next(5) == 0 && depth > 0) return Fragment(random, named, type, depth);
        if (type is IInterfaceGraphType several && random.Next(2) == 0)
        {
            var only = several.PossibleTypes.ElementAt(random.Next(several.PossibleTypes.Count));
            return $"... on {only.Name}{Directive(random)} {{ {Below(random, named, only, depth - 1)} }}";
        }

        FieldType[] open = [.. ((IComplexGraphType)type).Fields.Where(field => IsOpen(field, depth))];
        if (open.Length == 0) return "__typename";
        var field = open[random.Next(open.Length)];
        var made = field.ResolvedType!.GetNamedType();
        var arguments = field.Arguments?.Find("first") is null ? "" : random.Next(3) switch { 0 => "(first: 3)", 1 => "(first: $few)", _ => "" };
        // An alias says what it stands for, or two of one name could not be merged.
        var alias = random.Next(4) == 0 ? $"{field.Name}{arguments.Length}: " : arguments.Length == 0 ? "" : $"{field.Name}_{arguments.Length}: ";
        var below = made is ScalarGraphType ? "" : $" {{ {Below(random, named, made, depth - 1)} }}";
        return $"{alias}{field.Name}{arguments}{Directive(random)}{below}";
    }

    private string Fragment(Random random, StringBuilder named, IGraphType type, int depth)
    {
        var inner = Below(random, named, type, depth - 1);
        if (random.Next(2) == 0) return $"...{(random.Next(2) == 0 ? $" on {type.Name}" : "")}{Directive(random)} {{ {inner} }}";
        var name = $"Part{++fragments}";
        named.Append($" fragment {name} on {type.Name} {{ {inner} }}");
        return $"...{name}{Directive(random)} ...{name}";
    }

    private static string Directive(Random random) => random.Next(10) switch
    {
        0 => " @include(if: $on)",
        1 => " @skip(if: $off)",
        2 => " @skip(if: true)",
        3 => " @include(if: true) @skip(if: $off)",
        _ => "",
    };

    private static bool IsOpen(FieldType field, int depth) =>
        (field.Arguments?.All(argument => argument.ResolvedType is not NonNullGraphType) ?? true)
        && (depth > 0 || field.ResolvedType!.GetNamedType() is ScalarGraphType);
}
