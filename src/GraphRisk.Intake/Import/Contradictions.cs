using System.Collections.Frozen;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import;

/// <summary>
/// What a record says against itself, as a table: it lands, for which half is wrong nobody knows, and the finding names both
/// halves. Only bounds that exclude each other are taken out, since no number lies between them.
/// </summary>
internal static class Contradictions
{
    private static readonly (string Type, string Lesser, string Greater, string Words)[] Orders =
    [
        ("MarginContract", "liquidationLine", "callLine", "the line at which positions are closed lies above the line of the call"),
        ("PledgeContract", "closingLine", "warningLine", "the closing line lies above the warning line"),
        ("MarginContract", "openedOn", "maturesOn", "it matures before it was opened"),
        ("PledgeContract", "openedOn", "maturesOn", "it matures before it was opened"),
        ("RepoContract", "openedOn", "maturesOn", "it matures before it was opened"),
        ("Person", "birthDate", "idExpiresOn", "the document expires before its bearer was born"),
        ("Company", "establishedOn", "dissolvedOn", "it was dissolved before it was established"),
        ("Listing", "publishedOn", "expiresOn", "it expires before it was published"),
        ("Listing", "publishedOn", "removedOn", "it was removed before it was published"),
        ("Authorisation", "givenOn", "expiresOn", "it expires before it was given"),
        ("Agreement", "concludedOn", "endsOn", "it ends before it was concluded"),
    ];

    private static readonly (string Number, string Least, string Most)[] Bounds = [("share", "shareMin", "shareMax"), ("votes", "votesMin", "votesMax")];

    private static readonly FrozenDictionary<string, (string Lesser, string Greater, string Words)[]> OrdersOf =
        Orders.GroupBy(order => order.Type).ToFrozenDictionary(
            group => group.Key, group => group.Select(order => (order.Lesser, order.Greater, order.Words)).ToArray(), StringComparer.Ordinal);

    /// <summary>Notes what a fact says against itself; returns it without bounds that exclude each other, or null where it stays as it is.</summary>
    public static Fact? Find(Fact fact, List<RecordFault> findings)
    {
        if (fact.Type == "HOLDS") return CheckBounds(fact, findings);
        if (fact is NodeFact && OrdersOf.TryGetValue(fact.Type, out var orders))
            foreach (var (lesser, greater, words) in orders)
                if (fact.Properties.TryGet(lesser, out var low) && fact.Properties.TryGet(greater, out var high) && IsAbove(low, high))
                    findings.Add(new RecordFault(greater, $"is {high}, and {lesser} is {low}: {words}"));
        if (fact.Properties.TryGet("debt", out var debt) && debt.Kind == FieldKind.Decimal && debt.AsDecimal() > 0
            && fact.Properties.TryGet("status", out var status) && status.AsString() == "CLOSED")
            findings.Add(new RecordFault("debt", $"is {debt}, and the contract is closed: a closed contract owes nothing"));
        return null;
    }

    private static Fact? CheckBounds(Fact fact, List<RecordFault> findings)
    {
        Fact? mended = null;
        foreach (var (number, least, most) in Bounds)
        {
            decimal? low = Value(fact, least), high = Value(fact, most), exact = Value(fact, number);
            if (low > high)
            {
                findings.Add(new RecordFault(most, $"is {high}, below {least}, {low}: no number lies between"));
                mended = (mended ?? fact) with { Properties = Properties.Of((mended ?? fact).Properties.Where(property => !property.Name.StartsWith($"{number}M", StringComparison.Ordinal))) };
            }
            else if (exact < low || exact > high)
            {
                findings.Add(new RecordFault(number, $"is {exact}, outside its own bounds, {low} to {high}"));
            }
        }

        return mended;
    }

    private static decimal? Value(Fact fact, string field) =>
        fact.Properties.TryGet(field, out var value) && value.Kind == FieldKind.Decimal ? value.AsDecimal() : null;

    private static bool IsAbove(PropertyValue left, PropertyValue right) => left.Kind switch
    {
        FieldKind.Date => right.Kind == FieldKind.Date && left.AsDate() > right.AsDate(),
        FieldKind.Decimal => right.Kind == FieldKind.Decimal && left.AsDecimal() > right.AsDecimal(),
        _ => false,
    };
}
