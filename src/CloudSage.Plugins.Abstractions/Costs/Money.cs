using System.Globalization;

namespace CloudSage.Plugins.Costs;

/// <summary>An exact amount in one currency. Arithmetic refuses to mix currencies.</summary>
/// <param name="Amount">The amount, exact.</param>
/// <param name="Currency">The ISO 4217 code, or a virtual currency's name (FOCUS 1.2, BillingCurrency).</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>Nothing, in the given currency.</summary>
    /// <param name="currency">The currency.</param>
    /// <returns>Zero.</returns>
    public static Money Zero(string currency) => new(0m, currency);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <param name="left">The first amount.</param>
    /// <param name="right">The second amount.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => left.Add(right);

    /// <summary>Subtracts an amount from another of the same currency.</summary>
    /// <param name="left">The amount to subtract from.</param>
    /// <param name="right">The amount to subtract.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) => left.Subtract(right);

    /// <summary>Multiplies an amount by a number.</summary>
    /// <param name="left">The amount.</param>
    /// <param name="factor">The number.</param>
    /// <returns>The product.</returns>
    public static Money operator *(Money left, decimal factor) => left.Multiply(factor);

    /// <summary>Adds an amount of the same currency.</summary>
    /// <param name="other">The other amount.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money Add(Money other) => this with { Amount = Amount + Same(other).Amount };

    /// <summary>Subtracts an amount of the same currency.</summary>
    /// <param name="other">The other amount.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money Subtract(Money other) => this with { Amount = Amount - Same(other).Amount };

    /// <summary>Multiplies by a number.</summary>
    /// <param name="factor">The number.</param>
    /// <returns>The product.</returns>
    public Money Multiply(decimal factor) => this with { Amount = Amount * factor };

    /// <summary>The amount and the currency, in the invariant culture.</summary>
    /// <returns>Text such as <c>12.5 USD</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private Money Same(Money other) => string.Equals(Currency, other.Currency, StringComparison.Ordinal)
        ? other
        : throw new InvalidOperationException($"Cannot combine {Currency} with {other.Currency}: convert first.");
}
