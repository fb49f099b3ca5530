using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Publishing;

/// <summary>Publishes the national layer: brokers, listed companies, securities, daily closes.</summary>
public static class NationalExtract
{
    public static void Publish(MarketFiles files, NationalLayer nation)
    {
        foreach (var b in nation.Brokers)
            files.Public.BrokerList.Text(b.Code).Text(b.Name).Text(b.Place.Region).Money(b.NetCapital)
                .Text((b.Hanzi ? BrokerDialect.Hanzi : BrokerDialect.Latin).Name).End();
        foreach (var security in nation.Securities)
        {
            if (security.Issuer is { } issuer) PublishIssuer(files, security, issuer);
            files.Public.Securities.Text(security.Code).Text(security.Name).Text(security.IsFund ? "ETF" : "A_SHARE")
                .Text(security.Issuer?.CreditCode).Text(security.Board).Whole(security.TotalShares).Whole(security.FloatShares)
                .Ratio(security.Haircut).Date(security.ListedOn).End();
        }

        PublishPrices(files, nation);
    }

    private static void PublishIssuer(MarketFiles files, Security security, Issuer issuer)
    {
        files.Public.Issuers.Text(issuer.CreditCode).Text(issuer.Name.Simplified).Text(issuer.ShortName).Text(issuer.Industry)
            .Text(issuer.Name.Place.Region).Date(issuer.ListedOn).End();
        var company = CommunityBuilder.IssuerAsCompany(issuer);
        files.Registry.Company(company, security.TotalShares);
        files.Truth.Entity("registry", issuer.CreditCode, company);
        files.Truth.Entity("exchange", issuer.CreditCode, company);
    }

    /// <summary>A suspended security has a row and no price.</summary>
    private static void PublishPrices(MarketFiles files, NationalLayer nation)
    {
        foreach (var security in nation.Securities)
            for (var day = 0; day < nation.Calendar.Days; day++)
            {
                var suspended = nation.Prices.Suspended(security.Index, day);
                var row = files.Public.Prices.Text(security.Code).Date(nation.Calendar[day]);
                (suspended ? row.Text(null) : row.Money(nation.Prices.Close(security.Index, day))).Whole(suspended ? 1 : 0).End();
            }
    }
}
