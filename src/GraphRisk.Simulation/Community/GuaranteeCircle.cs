namespace GraphRisk.Simulation.Community;

/// <summary>
/// Guarantees, and the circles (担保圈) in which borrowers who cannot find another guarantor stand for one another.
/// </summary>
public static class GuaranteeCircle
{
    /// <summary>Part of the borrowing companies and persons that stand in a circle.</summary>
    private const double Companies = 0.75;
    private const double Persons = 0.50;

    public static void Add(CommunityBuilder builder, Party guarantor, Party debtor)
    {
        if (guarantor == debtor) return;
        var amount = Math.Round(Math.Clamp(debtor.Means * builder.Shape.Between(0.3, 1.2), 50_000, 5e8) / 1e4) * 1e4;
        builder.Community.Guarantees.Add(new Guarantee(guarantor, debtor, amount, builder.Shape.Chance(0.8), builder.SinceUntil(0.12)));
    }

    public static void AddAll(CommunityBuilder builder)
    {
        var community = builder.Community;
        Close(builder, community.Companies.Where(c => c.IsClient && c.Borrows), Companies, 8);
        Close(builder, community.Persons.Where(p => p.IsClient && p.Borrows && p.Favourites.Count == 0), Persons, 5);
    }

    private static void Close(CommunityBuilder builder, IEnumerable<Party> candidates, double part, int largest)
    {
        var draws = builder.Shape;
        var members = candidates.Where(_ => draws.Chance(part)).ToArray();
        for (var i = members.Length - 1; i > 0; i--)
        {
            var j = draws.Below(i + 1);
            (members[i], members[j]) = (members[j], members[i]);
        }

        for (var from = 0; from < members.Length;)
        {
            var circle = members.Skip(from).Take(draws.Between(3, largest)).ToArray();
            from += circle.Length;
            if (circle.Length < 3) return;
            for (var i = 0; i < circle.Length; i++)
            {
                Add(builder, circle[i], circle[(i + 1) % circle.Length]);
                if (draws.Chance(0.3)) Add(builder, circle[i], circle[draws.Below(circle.Length)]);
            }
        }
    }
}
