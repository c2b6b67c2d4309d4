namespace CloudSage.Plugins.Adapters;

/// <summary>Thrown by an adapter whose source cannot be read at all. The message is shown to the person who gave the source.</summary>
public sealed class CostSourceException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CostSourceException() : this("The source cannot be read.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and how to mend it.</param>
    public CostSourceException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, and how to mend it.</param>
    /// <param name="innerException">The cause.</param>
    public CostSourceException(string message, Exception innerException) : base(message, innerException) { }
}
