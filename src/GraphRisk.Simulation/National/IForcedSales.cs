namespace GraphRisk.Simulation.National;

/// <summary>Who is forced to sell, and what that does to prices. Days are lived one after another: first every security trades, then all are marked.</summary>
public interface IForcedSales
{
    /// <summary>Today's return of a security that trades, from sales worked off and from earlier pressure bought back.</summary>
    double Trade(int security);

    /// <summary>Log-price pressure on a security owed to forced sales so far, zero or negative.</summary>
    double PriceImpact(int security);

    /// <summary>Marks all holders to the day's returns and queues what they must sell from tomorrow.</summary>
    /// <param name="returns">By security; 0 while it is suspended.</param>
    /// <param name="suspended">By security; what is suspended cannot be sold.</param>
    void Mark(ReadOnlySpan<double> returns, ReadOnlySpan<bool> suspended);
}
