using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Credit;

/// <summary>A company's published accounts at the as-of date, yuan; NaN is "not published".</summary>
/// <param name="Assets">Total assets.</param>
/// <param name="Liabilities">Total liabilities.</param>
/// <param name="Revenue">Operating revenue.</param>
/// <param name="Profit">Net profit.</param>
/// <param name="RevenueBefore">Revenue known a year earlier.</param>
public readonly record struct PublishedAccounts(
    double Assets, double Liabilities, double Revenue, double Profit, double RevenueBefore)
{
    /// <summary>Nothing is published.</summary>
    public static PublishedAccounts None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Assets less liabilities.</summary>
    public double Equity => Assets - Liabilities;
}

/// <summary>The published accounts of every company, by its row; known from the day of publication on. Point reads; thread-safe.</summary>
public sealed class FinancialStatements
{
    private const int Year = 365;
    private readonly NumberColumn assets;
    private readonly NumberColumn liabilities;
    private readonly NumberColumn revenue;
    private readonly NumberColumn profit;
    private readonly int today;

    public FinancialStatements(Snapshot snapshot)
    {
        assets = NumberColumn.Of(snapshot, "Company", "totalAssets");
        liabilities = NumberColumn.Of(snapshot, "Company", "totalLiabilities");
        revenue = NumberColumn.Of(snapshot, "Company", "revenue");
        profit = NumberColumn.Of(snapshot, "Company", "netProfit");
        today = snapshot.Stamp.AsOfDay.DayNumber;
    }

    /// <summary>The accounts of the company in a row among companies.</summary>
    public PublishedAccounts Of(int companyRow) => new(
        Last(assets, companyRow), Last(liabilities, companyRow), Last(revenue, companyRow), Last(profit, companyRow),
        revenue.At(companyRow, today - Year));

    /// <summary>The last value stated, though the facts of another source may hold the current place.</summary>
    private double Last(NumberColumn column, int row) => column.At(row, today);
}
