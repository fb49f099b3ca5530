namespace GraphRisk.Graph.Selection;

/// <summary>How many of some relationships have to fulfil a condition. What is not known to fulfil it does not.</summary>
public abstract record Quantity
{
    /// <summary>One at least.</summary>
    public static Quantity Some { get; } = new SomeOf();

    /// <summary>Not one.</summary>
    public static Quantity None { get; } = new NoneOf();

    /// <summary>All there are; so too where there are none.</summary>
    public static Quantity All { get; } = new AllOf();

    /// <summary>Exactly one.</summary>
    public static Quantity Single { get; } = new SingleOf();

    /// <summary>A number that fulfils a condition of its own.</summary>
    public static Quantity Count(Func<long, bool> holds) => new CountOf(holds);

    /// <summary>Whether so many of all are as many as is asked for.</summary>
    public abstract bool Holds(int count, int all);

    /// <summary>Whether more cannot change the answer.</summary>
    /// <param name="count">So many fulfil the condition.</param>
    /// <param name="others">So many do not.</param>
    public virtual bool IsDecided(int count, int others) => false;

    private sealed record SomeOf : Quantity
    {
        public override bool Holds(int count, int all) => count > 0;

        public override bool IsDecided(int count, int others) => count > 0;
    }

    private sealed record NoneOf : Quantity
    {
        public override bool Holds(int count, int all) => count == 0;

        public override bool IsDecided(int count, int others) => count > 0;
    }

    private sealed record AllOf : Quantity
    {
        public override bool Holds(int count, int all) => count == all;

        public override bool IsDecided(int count, int others) => others > 0;
    }

    private sealed record SingleOf : Quantity
    {
        public override bool Holds(int count, int all) => count == 1;

        public override bool IsDecided(int count, int others) => count > 1;
    }

    private sealed record CountOf(Func<long, bool> IsEnough) : Quantity
    {
        public override bool Holds(int count, int all) => IsEnough(count);
    }
}
