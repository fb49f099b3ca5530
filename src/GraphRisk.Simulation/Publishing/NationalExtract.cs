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
        PublishCalendar(files, nation.Calendar);
    }

    /// <summary>
    /// Working and trading days of the years of the history: holidays, weekends that are worked in their place, and the weekday before the lunar new year on which people work and nothing is traded. The days on which nothing is traded are
    /// those of <see cref="TradingCalendar"/>.
    /// </summary>
    private static void PublishCalendar(MarketFiles files, TradingCalendar calendar)
    {
        for (var year = calendar.Start.Year; year <= calendar.Last.Year; year++)
        {
            Row(year, "holiday", new(year, 1, 1), new(year, 1, 3), "New Year");
            if (new DateOnly(year, 1, 25).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) Row(year, "closed", new(year, 1, 25), new(year, 1, 25), "New Year's Eve");
            foreach (var (from, to, name) in new[] { (new DateOnly(year, 1, 26), new DateOnly(year, 1, 31), "Spring Festival"), (new(year, 5, 1), new(year, 5, 5), "Labour Day"), (new(year, 10, 1), new(year, 10, 7), "National Day") })
            {
                Row(year, "holiday", from, to, name);
                var (before, after) = (from.AddDays(-2), to.AddDays(1));
                while (before.DayOfWeek != DayOfWeek.Sunday) before = before.AddDays(-1);
                while (after.DayOfWeek != DayOfWeek.Saturday) after = after.AddDays(1);
                Row(year, "working", before, before, name);
                Row(year, "working", after, after, name);
            }
        }

        void Row(int year, string kind, DateOnly from, DateOnly to, string name) => files.Public.Calendar.Whole(year).Text(kind).Date(from).Date(to).Text(name).End();
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
