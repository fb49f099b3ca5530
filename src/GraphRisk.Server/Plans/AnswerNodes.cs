namespace GraphRisk.Server.Plans;

/// <summary>A part of an answer that has parts of its own, and its place.</summary>
/// <param name="Around">What it is part of; null for the root.</param>
/// <param name="Name">Its name there; null for an item of a list.</param>
/// <param name="Index">Its place there, from 0.</param>
internal abstract class AnswerNode(AnswerNode? around, string? name, int index)
{
    /// <summary>The path of a field or item of this part, as errors state it.</summary>
    public List<object> PathTo(object last)
    {
        var path = new List<object> { last };
        for (var at = this; at.Above is { } above; at = above) path.Add(at.Step);
        path.Reverse();
        return path;
    }

    private AnswerNode? Above => around;

    private object Step => name is null ? index : name;
}

/// <summary>An object of an answer: a value a field, or a row of some that were read together.</summary>
internal sealed class AnswerObject(PlannedObject plan, object? source, AnswerNode? around, string? name, int index) : AnswerNode(around, name, index)
{
    /// <summary>What is asked of it.</summary>
    public PlannedObject Plan => plan;

    /// <summary>What its fields are read from.</summary>
    public object? Source => source;

    /// <summary>
    /// The values of its fields, in the order of the plan: null, a value of a scalar, <see cref="AnswerObject"/> or <see cref="AnswerList"/>. Null until it is
    /// resolved, where it is a row, and where a part that is never null had to be.
    /// </summary>
    public object?[]? Values { get; set; }

    /// <summary>The rows it was read with; null where it was not.</summary>
    public StoredRows? Rows { get; set; }

    /// <summary>Its place among them.</summary>
    public int Row { get; set; }
}

/// <summary>A list of an answer.</summary>
internal sealed class AnswerList(PlannedShape item, object?[] items, AnswerNode around, string? name, int index) : AnswerNode(around, name, index)
{
    /// <summary>What its items are made into.</summary>
    public PlannedShape Item => item;

    /// <summary>The items; null as far as they are not made yet, and where they had to be.</summary>
    public object?[] Items => items;
}
