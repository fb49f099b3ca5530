namespace GraphRisk.Simulation;

/// <summary>
/// What a market is a function of: the same parameters give the same bytes.
/// </summary>
/// <param name="Clients">Parties with an account at some broker; 20 to 20,000,000.</param>
/// <param name="Seed">Any number; every draw is derived from it and from what is drawn, never from the order of work.</param>
public sealed record MarketParameters(int Clients, ulong Seed)
{
    /// <summary>First day of the history; must be the first day of a calendar quarter.</summary>
    public DateOnly Start { get; init; } = new(2023, 7, 1);

    /// <summary>Length of the history in calendar quarters, 8 to 40.</summary>
    public int Quarters { get; init; } = 10;

    /// <summary>Brokers with margin business; by default grows with the square root of the clients up to 93.</summary>
    public int? Brokers { get; init; }

    /// <summary>Listed securities; by default grows with the square root of the clients up to 5,000.</summary>
    public int? Securities { get; init; }

    /// <summary>How trouble travels.</summary>
    public ContagionProcess Contagion { get; init; } = ContagionProcess.Intensity;

    /// <summary>Clients per community; communities are simulated one after another and share no edge.</summary>
    public int CommunitySize { get; init; } = 2000;

    public int BrokerCount => Brokers ?? Math.Clamp(2 + (int)(Math.Sqrt(Clients) / 11), 3, 93);

    public int SecurityCount => Securities ?? Math.Clamp((int)(80 * Math.Sqrt(Clients / 2000.0)), 20, 5000);

    public int CommunityCount => Math.Max(1, (Clients + CommunitySize - 1) / CommunitySize);

    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range; the message names it.</exception>
    public void Validate()
    {
        InRange(Clients, 20, 20_000_000, nameof(Clients));
        InRange(Quarters, 8, 40, nameof(Quarters));
        InRange(BrokerCount, 1, 200, nameof(Brokers));
        InRange(SecurityCount, 10, 8000, nameof(Securities));
        InRange(CommunitySize, 20, 2500, nameof(CommunitySize));
        if (Start.Day != 1 || Start.Month % 3 != 1)
            throw new ArgumentOutOfRangeException(nameof(Start), Start, "The history starts on the first day of a calendar quarter");
    }

    private static void InRange(int value, int low, int high, string name)
    {
        if (value < low || value > high)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {low} and {high}");
    }
}
