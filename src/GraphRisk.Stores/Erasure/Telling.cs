using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Erasure;

/// <summary>Which fields tell who somebody is: identifiers, what is masked as name, identifier, telephone number, address, account or electronic mail, what a drawing calls it by, and of companies, whose numbers are not masked, the same by their names.</summary>
internal static class Telling
{
    private static readonly HashSet<string> ByName = ["phone", "address"];

    /// <summary>Whether a field does.</summary>
    public static bool Is(Field field) => field.IdentifierScheme is not null || field.Unique || field.Caption || ByName.Contains(field.Name)
        || field.Mask is MaskKind.Name or MaskKind.Identifier or MaskKind.Phone or MaskKind.Address or MaskKind.Account or MaskKind.Email;

    /// <summary>Whether a field is the name of somebody: a name within another is that other name.</summary>
    private static bool IsName(NodeType type, Field field) => type.IsParty && (field.Caption || field.Mask == MaskKind.Name);

    /// <summary>What the telling fields of a fact about a node say.</summary>
    public static IEnumerable<string> Of(SchemaCatalog catalog, Fact fact) => Fields(catalog, fact).Select(one => one.Text);

    /// <summary>Which texts are also what a fact about another node says of it: what a telling field says as a whole, and of a name any part.</summary>
    public static IEnumerable<string> AmongThoseOf(SchemaCatalog catalog, Fact fact, SoughtTexts texts) =>
        Fields(catalog, fact).SelectMany(one => texts.Texts.Where(text => IsName(catalog.Node(fact.Type), one.Field) ? one.Text.Contains(text, StringComparison.Ordinal) : one.Text == text));

    private static IEnumerable<(Field Field, string Text)> Fields(SchemaCatalog catalog, Fact fact)
    {
        if (fact is not NodeFact node || catalog.FindNode(node.Node.Type) is not { } type) yield break;
        foreach (var (name, value) in node.Properties)
        {
            if (type.FindField(name) is not { } field || !Is(field)) continue;
            if (value.Kind == FieldKind.StringList)
                foreach (var text in value.AsStrings()) yield return (field, text);
            else if (value.Kind == FieldKind.String)
                yield return (field, value.AsString());
        }
    }
}
