using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>Margin accounts: what stands against what debt, under which lines.</summary>
/// <param name="Collateral">What each account holds; cash is a security of unlimited depth.</param>
/// <param name="Debt">Debt of each account, not negative.</param>
/// <param name="CallLine">Collateral over debt below which each must sell.</param>
/// <param name="RestoreTo">Ratio that selling restores, above 1 and not below the call line.</param>
public sealed record MarginAccounts(Portfolios Collateral, double[] Debt, double[] CallLine, double[] RestoreTo);

/// <summary>What accounts sell into.</summary>
/// <param name="Depth">Money that must be sold at once to bring each price to nothing, above 0; infinite where sales do not move it.</param>
/// <param name="IsSuspended">Which securities cannot be sold.</param>
public sealed record SecurityMarket(double[] Depth, bool[] IsSuspended);

/// <summary>Collateral and debt of all accounts at one time.</summary>
/// <param name="Collateral">Value of each account's collateral, suspended securities at their mark.</param>
/// <param name="Debt">What each owes.</param>
public sealed record MarginStanding(double[] Collateral, double[] Debt)
{
    /// <summary>Collateral over debt; null without debt.</summary>
    public double? RatioOf(int account) => Debt[account] > 0 ? Collateral[account] / Debt[account] : null;

    /// <summary>What the collateral does not cover of the debt: the lender bears it.</summary>
    public double ShortfallOf(int account) => Math.Max(0, Debt[account] - Collateral[account]);
}

/// <summary>The whole spiral.</summary>
/// <param name="Accounts">The accounts before the shock.</param>
/// <param name="Shock">Relative move of each price at first.</param>
/// <param name="Rounds">Rounds in which somebody sold.</param>
/// <param name="Standings">Collateral and debt after the shock, and after each round.</param>
/// <param name="PriceFactors">Price of each security in the end over the price before the shock.</param>
/// <param name="Losses">What each account lost through the sales of all, itself included.</param>
/// <param name="FailureRounds">Number of the standing in which each is first worth less than its debt, 0 for the shock alone; -1 for those that never are.</param>
/// <param name="Ended">False where the rounds were used up.</param>
public sealed record MarginSpiralAnswer(
    MarginAccounts Accounts, double[] Shock, ImmutableArray<SaleRound> Rounds, ImmutableArray<MarginStanding> Standings,
    double[] PriceFactors, double[] Losses, int[] FailureRounds, bool Ended)
{
    /// <summary>How the accounts stand in the end.</summary>
    public MarginStanding Final => Standings[^1];

    /// <summary>Whose sale of what cost an account how much: the terms of its entry in <see cref="Losses"/>.</summary>
    public ImmutableArray<SaleLoss> TermsOf(int account)
    {
        var terms = new Dictionary<(int Seller, int Security), double>();
        for (var (position, end) = Accounts.Collateral.Range(account); position < end; position++)
        {
            var security = Accounts.Collateral.SecurityOf(position);
            var value = Accounts.Collateral.Values[position] * (1 + Shock[security]);
            foreach (var round in Rounds)
            {
                value -= round.SoldBy(account, security);
                round.Attribute(security, value, terms);
                value *= 1 + round.Moves[security];
            }
        }

        return SaleRound.Terms(account, terms);
    }
}

/// <summary>
/// The spiral of margin calls (Brunnermeier and Pedersen 2009; here in rounds): a fall takes accounts below their line,
/// they sell, prices fall further, more accounts are below it.
/// <para>
/// An account with collateral V below its call line × debt D sells x = (restore × D - V) / (restore - 1), which brings it
/// to V - x = restore × (D - x); where V ≤ D it sells all. It sells in proportion to what it holds of securities that are
/// not suspended, and no more than these; suspended ones stay, worth their mark. All that sell in a round do so at once
/// at the price before impact; the price of each security then falls by what is sold of it over its depth, at most to
/// nothing. Whoever is worth less than its debt has failed; what is lacking its lender bears. Without price impact that
/// is decided by the shock alone, as in a plain cascade (<see cref="DefaultCascade"/>).
/// </para>
/// <para>
/// An account's loss in a round is what it has left × the fall, and each seller's part in it that of the flow. State:
/// value of each position, debts. A round costs the positions.
/// </para>
/// </summary>
public static class MarginSpiral
{
    /// <summary>What follows a shock.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="market">What they sell into.</param>
    /// <param name="shock">Relative move of each security's price, negative for a fall, not below -1.</param>
    /// <param name="maxRounds">Rounds after which the spiral is cut off.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="ArgumentException">A line to be restored is not above 1, or below the call line.</exception>
    public static MarginSpiralAnswer After(
        MarginAccounts accounts, SecurityMarket market, IReadOnlyList<double> shock, int maxRounds = 1000, WorkMeter? meter = null)
    {
        for (var account = 0; account < accounts.Debt.Length; account++)
            if (!(accounts.RestoreTo[account] > 1 && accounts.RestoreTo[account] >= accounts.CallLine[account]))
                throw new ArgumentException($"{accounts.RestoreTo[account]} is no ratio to restore above a call at {accounts.CallLine[account]}.", nameof(accounts));
        var spiral = new Spiral(accounts, market, [.. shock], meter ?? WorkMeter.Unlimited);
        var ended = false;
        while (!ended && spiral.Rounds < maxRounds) ended = !spiral.Round();
        return spiral.Answer(ended || !spiral.MustAnybodySell);
    }

    private sealed class Spiral
    {
        /// <summary>A ratio this near its line is at it.</summary>
        private const double Tolerance = 1e-12;

        private readonly MarginAccounts accounts;
        private readonly SecurityMarket market;
        private readonly WorkMeter meter;
        private readonly double[] shock;
        private readonly double[] values;
        private readonly double[] debts;
        private readonly double[] prices;
        private readonly double[] losses;
        private readonly int[] failures;
        private readonly ImmutableArray<SaleRound>.Builder rounds = ImmutableArray.CreateBuilder<SaleRound>();
        private readonly ImmutableArray<MarginStanding>.Builder standings = ImmutableArray.CreateBuilder<MarginStanding>();

        public Spiral(MarginAccounts accounts, SecurityMarket market, double[] shock, WorkMeter meter)
        {
            (this.accounts, this.market, this.shock, this.meter) = (accounts, market, shock, meter);
            debts = (double[])accounts.Debt.Clone();
            losses = new double[debts.Length];
            failures = new int[debts.Length];
            Array.Fill(failures, -1);
            prices = Array.ConvertAll(shock, move => 1 + move);
            values = accounts.Collateral.Values.ToArray();
            for (var position = 0; position < values.Length; position++) values[position] *= prices[accounts.Collateral.SecurityOf(position)];
            Record();
        }

        public int Rounds => rounds.Count;

        public bool MustAnybodySell => Enumerable.Range(0, debts.Length).Any(account => SaleOf(account, out _) > 0);

        /// <summary>Lets sell who must; false where nobody must or can.</summary>
        public bool Round()
        {
            var sold = new double[values.Length];
            var anybody = false;
            for (var account = 0; account < debts.Length; account++)
            {
                var (start, end) = accounts.Collateral.Range(account);
                meter.ChargeNode(end - start);
                if (!(SaleOf(account, out var liquid) is var sale and > 0)) continue;
                anybody = true;
                debts[account] = Math.Max(0, debts[account] - sale);
                for (var position = start; position < end; position++)
                {
                    if (market.IsSuspended[accounts.Collateral.SecurityOf(position)]) continue;
                    sold[position] = sale == liquid ? values[position] : sale * values[position] / liquid;
                    values[position] -= sold[position];
                }
            }

            if (!anybody) return false;
            Fall(new SaleRound(accounts.Collateral, sold, (security, flow) => -flow / market.Depth[security]));
            Record();
            return true;
        }

        public MarginSpiralAnswer Answer(bool ended) =>
            new(accounts, shock, rounds.ToImmutable(), standings.ToImmutable(), prices, losses, failures, ended);

        /// <summary>What an account must sell and can, and the value of all it can sell.</summary>
        private double SaleOf(int account, out double liquid)
        {
            liquid = 0;
            var (value, debt) = (0.0, debts[account]);
            for (var (position, end) = accounts.Collateral.Range(account); position < end; position++)
            {
                value += values[position];
                if (!market.IsSuspended[accounts.Collateral.SecurityOf(position)]) liquid += values[position];
            }

            if (!(debt > 0 && value < accounts.CallLine[account] * debt * (1 - Tolerance))) return 0;
            var restore = accounts.RestoreTo[account];
            return value <= debt ? liquid : Math.Min(((restore * debt) - value) / (restore - 1), liquid);
        }

        private void Fall(SaleRound round)
        {
            rounds.Add(round);
            for (var security = 0; security < prices.Length; security++) prices[security] *= 1 + round.Moves[security];
            for (var account = 0; account < debts.Length; account++)
            {
                for (var (position, end) = accounts.Collateral.Range(account); position < end; position++)
                {
                    var move = round.Moves[accounts.Collateral.SecurityOf(position)];
                    losses[account] -= values[position] * move;
                    values[position] *= 1 + move;
                }
            }
        }

        private void Record()
        {
            var collateral = new double[debts.Length];
            for (var account = 0; account < collateral.Length; account++)
            {
                for (var (position, end) = accounts.Collateral.Range(account); position < end; position++) collateral[account] += values[position];
                if (failures[account] < 0 && collateral[account] < debts[account] * (1 - Tolerance)) failures[account] = standings.Count;
            }

            standings.Add(new MarginStanding(collateral, (double[])debts.Clone()));
        }
    }
}
