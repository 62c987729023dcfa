/** UPS names no topics: everything that it sends is an alert. */
export const TRACK_ALERT = 'track-alert'
