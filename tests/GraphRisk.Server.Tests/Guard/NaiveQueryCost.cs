using GraphQLParser;
using GraphQLParser.AST;

namespace GraphRisk.Server.Tests.Guard;

/// <summary>
/// The slow, obvious measure: parse the document into a tree, write every fragment out where it is spread, and
/// count. Exponential in the fragments, so only for small documents without cycles.
/// </summary>
internal sealed class NaiveQueryCost
{
    private readonly GraphQLDocument document;
    private readonly Dictionary<string, (int Fields, int Spreads)> met = [];

    private NaiveQueryCost(GraphQLDocument document) => this.document = document;

    public int Fields { get; private set; }

    public int Aliases { get; private set; }

    public int Spreads { get; private set; }

    public int Depth { get; private set; }

    public int Pairs => met.Values.Sum(path => path.Fields * (path.Fields - 1) / 2 + path.Spreads * (path.Spreads - 1) / 2);

    public static NaiveQueryCost Of(GraphQLDocument document)
    {
        var cost = new NaiveQueryCost(document);
        var spread = SpreadNames(document).ToHashSet();
        foreach (var (definition, index) in document.Definitions.Select((definition, index) => (definition, index)))
        {
            if (definition is GraphQLFragmentDefinition fragment && spread.Contains(fragment.FragmentName.Name.StringValue)) continue;
            cost.Walk(((GraphQLExecutableDefinition)definition).SelectionSet, $"{index}", 1);
        }
        return cost;
    }

    private static IEnumerable<string> SpreadNames(GraphQLDocument document)
    {
        var sets = new Stack<GraphQLSelectionSet>(document.Definitions.OfType<GraphQLExecutableDefinition>().Select(d => d.SelectionSet));
        while (sets.TryPop(out var set))
        {
            foreach (var selection in set.Selections)
            {
                if (selection is GraphQLFragmentSpread spread) yield return spread.FragmentName.Name.StringValue;
                else if (selection is GraphQLField { SelectionSet: { } inner }) sets.Push(inner);
                else if (selection is GraphQLInlineFragment inline) sets.Push(inline.SelectionSet);
            }
        }
    }

    private void Walk(GraphQLSelectionSet set, string path, int depth)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case GraphQLField field:
                    Fields++;
                    if (field.Alias is not null) Aliases++;
                    Depth = Math.Max(Depth, depth);
                    var inner = $"{path}/{field.Alias?.Name ?? field.Name}";
                    var here = met.GetValueOrDefault(inner);
                    met[inner] = (here.Fields + 1, here.Spreads);
                    if (field.SelectionSet is not null) Walk(field.SelectionSet, inner, depth + 1);
                    break;
                case GraphQLInlineFragment inline:
                    Walk(inline.SelectionSet, path, depth);
                    break;
                case GraphQLFragmentSpread spread:
                    Spreads++;
                    var set2 = met.GetValueOrDefault(path);
                    met[path] = (set2.Fields, set2.Spreads + 1);
                    if (Find(spread) is { } fragment) Walk(fragment.SelectionSet, path, depth);
                    break;
            }
        }
    }

    private GraphQLFragmentDefinition? Find(GraphQLFragmentSpread spread) =>
        document.Definitions.OfType<GraphQLFragmentDefinition>()
            .FirstOrDefault(fragment => fragment.FragmentName.Name.StringValue == spread.FragmentName.Name.StringValue);
}
