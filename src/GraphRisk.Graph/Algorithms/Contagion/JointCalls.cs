using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Contagion;

/// <summary>
/// What follows the calls by shares where several guarantors of one debt have agreed on none: the creditor may ask any of them for the whole that it
/// guaranteed (Civil Code of the PRC art. 699), so it asks those who can pay for what one of them cannot. This is so whether they are
/// joint and several with the debtor (连带责任保证, art. 688) or answer after it (一般保证, art. 687), since a debtor pays here with all it has before
/// anybody is called.
/// <para>
/// A guarantor that is short leaves the same part of all claims on it unpaid. Of its calls without agreed share this part moves to
/// the others who guarantee the same debt so, in proportion to their shares, to each no more than its guarantee covers of the
/// debtor's shortfall and no more than it has left after its own debt and calls; where several debtors' creditors ask more of
/// one than it has left, each gets the same part. What still cannot be paid stays with the creditor. Nobody becomes short by
/// what moves, so it goes round no circle. A round pays a debtor's creditors in full or uses up a guarantee or a guarantor, so rounds are
/// at most as many as guarantees and guarantors. In a circle a guarantor is short of what is left of its claims when those who
/// answer for it are called, whether they can pay or not; so less moves to the others than would, were each asked for what it has.
/// </para>
/// <para>
/// What was paid beyond a share is told as recourse to the one whose share it was. To be had it must have been agreed, or one contract signed
/// (Supreme People's Court, interpretation on security of 2020, art. 13), and it is worth nothing while that one is short. Amounts in money; calls stay, in sum, shortfalls less what creditors bear.
/// </para>
/// </summary>
internal sealed class JointCalls
{
    private const double Negligible = 1e-12;

    private readonly WeightedGraph parts;
    private readonly double[] most;
    private readonly double[] unpaid;
    private readonly double[] left;
    private readonly WorkMeter meter;
    private readonly SortedDictionary<(int From, int To), double> recourse = [];

    /// <param name="parts">An edge from debtor to guarantor with its share of the debtor's shortfall.</param>
    /// <param name="network">Who answers for the whole.</param>
    /// <param name="taken">What guarantees take over of each shortfall, before shares.</param>
    /// <param name="left">What each guarantor has left after its debt and calls; 0 for those short.</param>
    /// <param name="lost">The part of each guarantor's debt and calls that nobody pays.</param>
    /// <param name="meter">Pays for it.</param>
    public JointCalls(WeightedGraph parts, GuaranteeNetwork network, double[] taken, double[] left, double[] lost, WorkMeter meter)
    {
        (this.parts, this.left, this.meter) = (parts, left, meter);
        var count = parts.Out.EdgeCount;
        (Amounts, most, unpaid) = (new double[count], new double[count], new double[count]);
        for (var debtor = 0; debtor < taken.Length; debtor++)
        {
            var (start, end) = parts.Out.Range(debtor);
            for (var edge = start; edge < end; edge++)
            {
                var guarantor = parts.Out.Target(edge);
                Amounts[edge] = parts.OutWeights[edge] * taken[debtor];
                most[edge] = Math.Min(taken[debtor], CoveredBy(network.Whole, debtor, guarantor) * (double.IsInfinity(network.Most[debtor]) ? taken[debtor] : network.Most[debtor]));
                unpaid[edge] = Amounts[edge] * lost[guarantor];
            }
        }
    }

    /// <summary>What is called along each edge, in step with the edges that leave the debtors.</summary>
    public double[] Amounts { get; }

    /// <summary>What is called along each edge and not paid, in step.</summary>
    public double[] Unpaid => unpaid;

    /// <summary>Who owes whom how much for having paid its share.</summary>
    public IEnumerable<(int From, int To, double Amount)> Recourse => recourse.Select(one => (one.Key.From, one.Key.To, one.Value));

    /// <summary>Moves what can be moved.</summary>
    public void Run()
    {
        var asks = new double[Amounts.Length];
        while (Ask(asks))
        {
            var asked = new double[left.Length];
            for (var edge = 0; edge < asks.Length; edge++) asked[parts.Out.Target(edge)] += asks[edge];
            for (var edge = 0; edge < asks.Length; edge++)
                if (asks[edge] > 0 && parts.Out.Target(edge) is var guarantor && asked[guarantor] > left[guarantor]) asks[edge] *= left[guarantor] / asked[guarantor];
            for (var debtor = 0; debtor < left.Length; debtor++) Move(debtor, asks);
        }
    }

    private static double CoveredBy(WeightedGraph whole, int debtor, int guarantor)
    {
        var guarantors = whole.Out.Neighbours(debtor);
        var covers = whole.OutWeightsOf(debtor);
        var sum = 0.0;
        for (var i = 0; i < guarantors.Length; i++)
            if (guarantors[i] == guarantor) sum += covers[i];
        return Math.Min(1, sum);
    }

    /// <summary>What each debtor's creditors ask of guarantors who can pay; false where none has anything left to ask for.</summary>
    private bool Ask(double[] asks)
    {
        var isAsked = false;
        Array.Clear(asks);
        for (var debtor = 0; debtor < left.Length; debtor++)
        {
            var (start, end) = parts.Out.Range(debtor);
            meter.ChargeNode(end - start);
            var (need, shares, called) = (0.0, 0.0, 0.0);
            for (var edge = start; edge < end; edge++)
            {
                called += Amounts[edge];
                if (most[edge] > 0) need += unpaid[edge];
                if (CanBeAsked(edge)) shares += parts.OutWeights[edge];
            }

            if (!(need > Negligible * called) || shares == 0) continue;
            isAsked = true;
            for (var edge = start; edge < end; edge++)
                if (CanBeAsked(edge)) asks[edge] = Math.Min(most[edge] - Amounts[edge], need * parts.OutWeights[edge] / shares);
        }

        return isAsked;
    }

    private bool CanBeAsked(int edge) =>
        most[edge] - Amounts[edge] > Negligible * most[edge] && left[parts.Out.Target(edge)] > Negligible * most[edge];

    private void Move(int debtor, double[] asks)
    {
        var (start, end) = parts.Out.Range(debtor);
        var (moved, need) = (0.0, 0.0);
        for (var edge = start; edge < end; edge++)
        {
            moved += asks[edge];
            if (most[edge] > 0) need += unpaid[edge];
        }

        if (moved == 0) return;
        for (var from = start; from < end; from++)
        {
            if (most[from] == 0 || unpaid[from] == 0) continue;
            meter.ChargeNode(end - start);
            var given = unpaid[from] * Math.Min(1, moved / need);
            (Amounts[from], unpaid[from]) = (Amounts[from] - given, unpaid[from] - given);
            for (var to = start; to < end; to++)
            {
                if (asks[to] == 0) continue;
                var pair = (parts.Out.Target(from), parts.Out.Target(to));
                recourse[pair] = recourse.GetValueOrDefault(pair) + (given * asks[to] / moved);
            }
        }

        for (var to = start; to < end; to++)
        {
            Amounts[to] += asks[to];
            left[parts.Out.Target(to)] = Math.Max(0, left[parts.Out.Target(to)] - asks[to]);
        }
    }
}
