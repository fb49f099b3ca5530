namespace GraphRisk.Simulation.Community;

/// <summary>
/// Large holders of listed companies: each listed company belongs to one community, where a business company controls it
/// or holds a large minority, and some others hold five percent and more. The rest of its capital is the public's.
/// </summary>
public static class ListedStake
{
    public static void AddAll(CommunityBuilder builder, int community, int communities)
    {
        var draws = builder.Shape;
        var holders = builder.Community.Companies.Where(c => c.IsClient).ToArray();
        if (holders.Length == 0) return;
        for (var i = community; i < builder.Nation.Securities.Count; i += communities)
        {
            if (builder.Nation.Securities[i].Issuer is not { } issuer) continue;
            var company = builder.AddIssuer(issuer);
            var main = draws.Pick(holders);
            Hold(builder, main, company, draws.Chance(0.45) ? draws.Between(0.505, 0.62) : draws.Between(0.2, 0.45));
            var second = draws.Pick(holders);
            if (second == main) continue;
            Hold(builder, second, company, draws.Between(0.05, 0.12));
            if (draws.Chance(0.25))
                builder.Community.Concerts.Add(new Concert([main, second], company, builder.SinceUntil(0.3)));
        }
    }

    private static void Hold(CommunityBuilder builder, Company holder, Company issuer, double fraction)
    {
        var parts = (int)Math.Round(fraction * 10_000) * (Shareholding.Whole / 10_000);
        builder.Community.Shareholdings.Add(new Shareholding(holder, issuer, parts, parts, builder.Since()));
    }
}
